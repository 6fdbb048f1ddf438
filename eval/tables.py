"""Figures as plain tables, for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from eval.comparing import Comparison
from eval.scoring import METRICS, Summary
from eval.statistics import Estimate

if TYPE_CHECKING:
    from eval.claims import Judged as JudgedClaims
    from eval.judging import Judged
    from eval.mutations import Detected
    from eval.structure import Tally
    from eval.sweeps import Swept

_SHORT = {
    "right": "right",
    "evidence_recall": "evidence",
    "cited_evidence": "cited ev.",
    "citation_recall": "cit. rec.",
    "citation_precision": "cit. prec.",
    "faithfulness": "faithful",
    "quote_exactness": "exact",
    "cited_share": "all cited",
    "answered_when_possible": "answered",
    "refused_when_due": "refused",
    "crag": "CRAG",
}


def shown(value: float | None, digits: int = 3) -> str:
    """A figure, or a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns line up in plain text too; the first column is left, the others right."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]

    def line(cells: Sequence[str]) -> str:
        padded = [
            cells[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)),
        ]
        return f"| {' | '.join(padded)} |"

    rule = (
        "|"
        + "|".join(
            "-" * (widths[0] + 2) if not place else "-" * (width + 1) + ":" for place, width in enumerate(widths)
        )
        + "|"
    )
    return "\n".join([line(header), rule, *map(line, rows)])


def summary_table(summaries: Sequence[Summary]) -> str:
    """One line for each kind of question."""
    header = ["kind", "rows", *_SHORT.values(), "words", "failed"]
    rows = [
        [summary.kind, str(summary.rows)]
        + [shown(summary.figures[name].mean) for name in _SHORT]
        + [f"{summary.median_words:.0f}", str(summary.failures)]
        for summary in summaries
    ]
    return markdown_table(header, rows)


def interval_table(summary: Summary) -> str:
    """All figures of one summary, each with its interval and how many rows it speaks of."""
    return markdown_table(
        ["metric", "mean", "95 % interval", "rows"], [[name, *_cells(summary.figures[name])] for name in METRICS]
    )


def comparison_text(found: Comparison) -> str:
    """What changed between two runs."""
    lines = [f"{len(found.better)} rows won, {len(found.worse)} lost"]
    lines += [f"won   {row.case} ({row.kind}), was: {row.before}" for row in found.better]
    lines += [f"lost  {row.case} ({row.kind}), now: {row.after}" for row in found.worse]
    if found.only_before or found.only_after:
        lines.append(f"only in the first: {len(found.only_before)} rows; only in the second: {len(found.only_after)}")
    rows = [[name, shown(before), shown(after), _difference(before, after)] for name, before, after in found.figures]
    return "\n".join([*lines, "", markdown_table(["metric", "before", "after", "change"], rows)])


def detection_table(found: Sequence[Detected]) -> str:
    """Damage, the metric that is meant to see it, and how often it does."""
    rows = [[row.damage, row.metric, str(row.tried), str(row.seen), shown(row.rate)] for row in found]
    return markdown_table(["damage", "seen by", "tried", "seen", "rate"], rows)


def peers_table(found: Mapping[str, Sequence[Summary]]) -> str:
    """Engines side by side: all kinds, then the share of right rows of each kind."""
    header = ["engine", *_SHORT.values(), "words"]
    overall = {name: next(part for part in given if part.kind == "all") for name, given in found.items()}
    rows = [
        [name, *(shown(part.figures[metric].mean) for metric in _SHORT), f"{part.median_words:.0f}"]
        for name, part in overall.items()
    ]
    kinds = [part.kind for part in next(iter(found.values()))] if found else []
    right = [
        [
            kind,
            *(
                shown(next(part for part in given if part.kind == kind).figures["right"].mean)
                for given in found.values()
            ),
        ]
        for kind in kinds
    ]
    return "\n\n".join([markdown_table(header, rows), markdown_table(["right", *found], right)])


def sweep_table(found: Sequence[Swept]) -> str:
    """Settings and the evidence they find."""
    names = [name for name, _ in found[0].settings] if found else []
    rows = [
        [
            *(_plain(value) for _, value in row.settings),
            shown(row.recall_tune),
            shown(row.recall_report),
            shown(row.mrr),
        ]
        for row in found
    ]
    return markdown_table([*names, "evidence (tune)", "evidence (report)", "MRR"], rows)


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def judged_table(found: Sequence[Judged]) -> str:
    """Model-judged metrics: mean, spread over repeats, rows that failed."""
    rows = [[row.metric, shown(row.mean), shown(row.spread), str(row.judged), str(row.failed)] for row in found]
    return markdown_table(["metric", "mean", "spread", "judged", "failed"], rows)


def _cells(figure: Estimate) -> list[str]:
    interval = "–" if figure.low is None else f"{shown(figure.low)}–{shown(figure.high)}"
    return [shown(figure.mean), interval, f"{figure.rows}/{figure.of}"]


def _difference(before: float | None, after: float | None) -> str:
    return "–" if before is None or after is None else f"{after - before:+.3f}"


def claims_table(judged: Sequence[JudgedClaims]) -> str:
    """Labelled claims by file and half: balanced accuracy, supported ones kept, unsupported ones caught, kinds."""
    rows = [
        [
            f"{each.file}, {each.split}",
            shown(each.balanced),
            shown(each.kept),
            shown(each.caught),
            ", ".join(f"{kind} {right}/{count}" for kind, (right, count) in each.kinds.items()),
        ]
        for each in judged
    ]
    return markdown_table(["claims", "balanced", "kept", "caught", "right, by kind"], rows)


def structure_table(splits: Mapping[str, tuple[int, Mapping[str, Tally]]]) -> str:
    """Precision and recall by kind of structure, and of how many; a pair of columns for each split."""
    kinds = list(next(iter(splits.values()))[1])
    header = [
        "kind",
        *(f"{split} ({files} files) {of}" for split, (files, _) in splits.items() for of in ("P", "R", "of")),
    ]
    rows = [
        [
            kind,
            *(
                cell
                for _, of in splits.values()
                for cell in (shown(of[kind].precision), shown(of[kind].recall), str(of[kind].wanted))
            ),
        ]
        for kind in kinds
    ]
    return markdown_table(header, rows)
