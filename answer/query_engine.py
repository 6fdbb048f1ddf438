"""The assistant as a llama-index query engine, for other llama-index programs; Footnote itself calls `answer.assistant`."""

from __future__ import annotations

from llama_index.core.base.response.schema import Response
from llama_index.core.query_engine import CustomQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode

from answer.answers import Answer, Question
from answer.assistant import Assistant


class CitedQueryEngine(CustomQueryEngine):
    """Cited answers or refusals. Source nodes are the cited quotes in order of their numbers."""

    assistant: Assistant

    def custom_query(self, query_str: str) -> Response:
        """Answer a question that stands alone."""
        return as_response(self.assistant.ask(Question(query_str)))


def as_response(answer: Answer) -> Response:
    """An answer as a response; whether it is grounded or a refusal, and the standalone question, are in its metadata."""
    nodes = [
        NodeWithScore(
            node=TextNode(
                text=citation.quote,
                metadata={
                    "guide": citation.path,
                    "section": citation.section,
                    "start": citation.start,
                    "end": citation.end,
                },
            ),
            score=1.0,
        )
        for citation in answer.citations
    ]
    metadata = {
        "abstained": answer.abstained,
        "grounded": answer.is_grounded,
        "standalone_question": answer.standalone_question,
    }
    return Response(answer.answer, source_nodes=nodes, metadata=metadata)
