"""Our side of what is measured inside a process of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from eval.speed.clock import Clock, Seconds, each_ms, private_mb, resident_mb
from index.settings import Settings


def search(home: Path, questions: Sequence[str], filters: dict[str, str]) -> dict[str, Any]:
    """Opens the index; then every question, plain and filtered: seconds to open, milliseconds of each, memory."""
    clock = Clock()
    from index.store import Index

    clock.lap("import")
    index = Index.open(Settings(home=home))
    clock.lap("open")
    index.search(questions[0])
    clock.lap("first search")
    plain = each_ms(index.search, questions)
    found = [index.search(question) for question in questions]
    filtered = each_ms(lambda question: index.search(question, filters=filters), questions) if filters else []
    stages = {stage: median(each.timings_ms[stage] for each in found) for stage in found[0].timings_ms}
    return {
        "seconds": clock.seconds,
        "search_ms": plain,
        "filtered_ms": filtered,
        "stages_ms": stages,
        "resident_mb": resident_mb(),
        "private_mb": private_mb(),
    }


def recall(home: Path, questions: Sequence[str], *, nearest: int = 10) -> dict[str, float]:
    """The mean share of each question's nearest vectors that are compared at all, by grain."""
    import numpy as np

    from index.search import REACH
    from index.store import PASSAGES, UNITS, Index

    index = Index.open(Settings(home=home))
    asked = index.embed(questions)
    shares = {}
    for name, most, kept in zip(("passages", "units"), (PASSAGES, UNITS), index.kept_vectors(), strict=True):
        found = []
        for query in asked:
            best = np.argsort(-kept.dense.scores(query[None]), kind="stable")[:nearest]
            nearby = kept.dense.nearby
            compared = best if nearby is None else nearby.candidates(query[None], REACH * most, None)
            found.append(len(np.intersect1d(best, compared)) / max(1, len(best)))
        shares[name] = sum(found) / len(found)
    return shares


def answers(home: Path, questions: Sequence[str]) -> dict[str, Any]:
    """The whole assistant, warm: milliseconds of each answer and of its stages, memory."""
    from answer.answers import Question
    from answer.assistant import Assistant

    assistant = Assistant.open(Settings(home=home), composer="extractive")
    given = [assistant.ask(Question(question)) for question in questions]
    whole = each_ms(lambda question: assistant.ask(Question(question)), questions)
    stages = {stage: median(each.timings_ms[stage] for each in given) for stage in given[0].timings_ms}
    return {"answer_ms": whole, "stages_ms": stages, "resident_mb": resident_mb()}


def build(folder: Path, home: Path, corpus_home: Path) -> tuple[Seconds, dict[str, int]]:
    """Reads a folder of made guides in several processes and publishes them with vectors near the corpus' own."""
    from concurrent.futures import ProcessPoolExecutor

    from eval.speed.made import NearCorpus
    from index.generation import publish

    clock = Clock()
    embedder = NearCorpus.of(Settings(home=corpus_home))
    files = sorted(folder.rglob("*.md"))
    clock.lap("load")
    with ProcessPoolExecutor() as pool:
        guides = list(pool.map(read, files, chunksize=8))
    clock.lap("read and split")
    done = publish(Settings(home=home), guides, embedder)
    clock.lap("publish")
    return clock.seconds, done.counts


def read(file: Path) -> Any:
    """A made guide; it is known by the end of its path."""
    from ingest.reading import read_guide

    return read_guide(file, path=f"guides/{file.name}", kind="guide", token_counter=words_as_tokens)


def words_as_tokens(text: str) -> int:
    """About as many tokens as the model would see, without loading it: four for three words."""
    return len(text.split()) * 4 // 3 + 2
