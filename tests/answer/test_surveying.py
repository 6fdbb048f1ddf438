"""What several guides say, each line led by who says it."""

from __future__ import annotations

from itertools import groupby

from answer.answers import Question
from answer.assistant import Assistant
from answer.surveying import by_guide


def test_a_long_title_leads_only_the_first_line_of_its_guide_and_a_publisher_every_line(assistant: Assistant) -> None:
    examined = assistant.examine(Question("how far does the waggle dance tell, and the hive round?"))
    assert examined is not None
    chosen = sorted(examined.evidence.candidates[:12], key=lambda candidate: candidate.guide.info.path)
    lines = iter(by_guide(chosen))
    kinds = set()
    for _, same in groupby(chosen, key=lambda candidate: candidate.guide.info.path):
        for number, candidate in enumerate(same):
            info = candidate.guide.info
            led = next(lines).text.startswith(f"{info.publisher or info.title}: ")
            assert led == (info.publisher is not None or number == 0)
            kinds.add((info.publisher is None, number > 0))
    assert len(kinds) == 4
