"""What a measuring process does: one task, told and answered in plain values."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

Told = Mapping[str, Any]


def _ours_search(told: Told) -> Any:
    from eval.speed.ours import search

    return search(Path(told["home"]), told["questions"], told.get("filters") or {})


def _ours_answers(told: Told) -> Any:
    from eval.speed.ours import answers

    return answers(Path(told["home"]), told["questions"])


def _ours_recall(told: Told) -> Any:
    from eval.speed.ours import recall

    return recall(Path(told["home"]), told["questions"])


def _million_build(told: Told) -> Any:
    from eval.speed.million import build

    return build(Path(told["folder"]), Path(told["home"]), told["rows"])


def _million_search(told: Told) -> Any:
    from eval.speed.million import search

    return search(Path(told["folder"]), Path(told["home"]), told["rows"], told["questions"])


def _ours_build(told: Told) -> Any:
    from eval.speed.ours import build

    seconds, counts = build(Path(told["folder"]), Path(told["home"]), Path(told["corpus_home"]))
    return {"seconds": seconds, "counts": counts}


def _stock_answer(told: Told) -> Any:
    from eval.speed.stock import Stock

    return {"found": len(Stock(Path(told["home"])).search(told["question"]))}


def _stock_search(told: Told) -> Any:
    from eval.speed.clock import Clock, each_ms, private_mb, resident_mb
    from eval.speed.stock import Stock, import_all

    clock = Clock()
    import_all()
    clock.lap("import")
    stock = Stock(Path(told["home"]))
    clock.lap("open")
    stock.search(told["questions"][0])
    clock.lap("first search")
    plain = each_ms(stock.search, told["questions"])
    return {
        "seconds": clock.seconds,
        "search_ms": plain,
        "resident_mb": resident_mb(),
        "private_mb": private_mb(),
    }


def _stock_build(told: Told) -> Any:
    from eval.speed.stock import build

    vectors = None
    if told.get("corpus_home"):
        from eval.speed.made import NearCorpus
        from index.settings import Settings

        vectors = NearCorpus.of(Settings(home=Path(told["corpus_home"]))).embed
    seconds, passages = build(Path(told["folder"]), Path(told["home"]), vectors=vectors)
    return {"seconds": seconds, "counts": {"passages": passages}}


def _stock_reingest(told: Told) -> Any:
    from eval.speed.stock import reingest

    seconds, same = reingest(Path(told["folder"]), Path(told["home"]))
    return {"seconds": seconds, "same": same}


def _encode(told: Told) -> Any:
    from eval.speed.encoding import against_bare_loop

    return against_bare_loop(Path(told["home"]), told["texts"], repeats=told["repeats"])


def _stock_encode(told: Told) -> Any:
    from eval.speed.stock import embedding_model

    model = embedding_model()
    model.get_text_embedding_batch(told["texts"][:20])
    started = time.perf_counter()
    model.get_text_embedding_batch(told["texts"])
    return {"seconds": time.perf_counter() - started}


def _machine(_: Told) -> Any:
    from eval.speed.machine import this_machine

    machine = this_machine()
    return asdict(machine) | {"says": str(machine)}


TASKS: dict[str, Callable[[Told], Any]] = {
    "ours-search": _ours_search,
    "ours-answers": _ours_answers,
    "ours-build": _ours_build,
    "ours-recall": _ours_recall,
    "million-build": _million_build,
    "million-search": _million_search,
    "stock-answer": _stock_answer,
    "stock-search": _stock_search,
    "stock-build": _stock_build,
    "stock-reingest": _stock_reingest,
    "encode": _encode,
    "stock-encode": _stock_encode,
    "machine": _machine,
}
