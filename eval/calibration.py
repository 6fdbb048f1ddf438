"""The gate's calibration as it is kept in the repository: how sure it is of every case, its curve, the chosen point.

`python -m eval learn --keep` writes it, the report draws it; nothing that answers reads it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from eval.errors import EvalError
from eval.learning import Learnt, Point, Sure

KEPT = Path(__file__).resolve().parent / "gold" / "gate.json"


def keep_calibration(learnt: Learnt, file: Path = KEPT) -> None:
    """Write the calibration of the gate in use, one case and one point a line."""
    parts: dict[str, Sequence[Point | Sure]] = {"chosen": learnt.chosen, "curve": learnt.in_use, "cases": learnt.sure}
    lists = [
        f'"{name}": [\n' + ",\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in rows) + "\n]"
        for name, rows in parts.items()
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{\n" + ",\n".join(lists) + "\n}\n", encoding="utf-8")


def read_calibration(file: Path = KEPT) -> tuple[tuple[Point, ...], tuple[Point, ...], tuple[Sure, ...]]:
    """The chosen points, the curve and the cases; all empty where nothing is kept. Raises EvalError for other content."""
    if not file.is_file():
        return (), (), ()
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        chosen, curve = (tuple(Point(**row) for row in kept[name]) for name in ("chosen", "curve"))
        return chosen, curve, tuple(Sure(**row) for row in kept["cases"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise EvalError(f"{file} is no calibration ({error}); write it again: python -m eval learn --keep") from error
