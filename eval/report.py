"""A run as one self-contained HTML page (no script, no network, light and dark) and as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from eval.calibration import read_calibration
from eval.learning import SPLITS
from eval.mutations import Detected
from eval.plots import gate_curves, interval_bars, latency_bars, ratio_bars, risk_curve, stacked_bars
from eval.runs import Run, RunStore
from eval.scoring import BLAMES, METRICS, Row, Summary, summarise
from eval.speed.figures import Part, part_of
from eval.speed.table import HEADER, rows_of, speed_table
from eval.statistics import area_under, quantile, risk_coverage
from eval.tables import detection_table, interval_table, shown, summary_table

STYLE = Path(__file__).resolve().parent / "report.css"
_HEADLINE = (
    ("right", "right answers"),
    ("evidence_recall", "evidence in 1,000 words"),
    ("cited_evidence", "gold spans cited"),
    ("faithfulness", "statements supported"),
    ("quote_exactness", "quotes exact"),
    ("cited_share", "statements cited"),
    ("answered_when_possible", "answered when possible"),
    ("refused_when_due", "refused when due"),
)
_COLUMNS = (*METRICS,)


@dataclass(frozen=True, slots=True)
class Beside:
    """What was measured beside a run: how often metrics see damage, the stock stacks' table in Markdown, and speed."""

    mutations: tuple[Detected, ...] = ()
    peers: str = ""
    speed: tuple[Part, ...] = ()


NOTHING_BESIDE = Beside()


def write_report(store: RunStore, name: str, out: Path | None = None) -> tuple[Path, Path]:
    """Write report.html and report.md of a stored run; returns where they are. Raises NoRun."""
    run, rows = store.load(name), store.rows(name)
    folder = out or store.folder / name
    folder.mkdir(parents=True, exist_ok=True)
    page, text = folder / "report.html", folder / "report.md"
    beside = Beside(
        tuple(Detected(**row) for row in store.kept("mutations") or ()),
        (store.kept("peers") or {}).get("table", ""),
        tuple(map(part_of, store.kept("speed") or ())),
    )
    page.write_text(html_report(run, rows, beside), encoding="utf-8")
    text.write_text(markdown_report(run, rows, beside), encoding="utf-8")
    return page, text


def html_report(run: Run, rows: Sequence[Row], beside: Beside = NOTHING_BESIDE) -> str:
    """The whole page."""
    summaries = summarise(rows)
    overall = summaries[-1]
    answered = [row for row in rows if not row.error]
    points = risk_coverage([row.confidence for row in answered], [not row.is_right for row in answered])
    kinds = summaries[:-1]
    sections = [
        f"<h1>How well the answers are grounded</h1><p class=made>{escape(_made(run))}</p>",
        _cards(overall),
        "<h2>Right answers by kind of question</h2><p class=soft>With 95 % bootstrap intervals.</p>",
        interval_bars([(part.kind, part.figures["right"]) for part in summaries], title="Right answers by kind"),
        "<h2>Where rows are lost</h2>",
        stacked_bars([(part.kind, part.blame, part.rows) for part in kinds], order=BLAMES, title="Rows lost by stage"),
        f"<h2>Risk and coverage</h2><p class=soft>Mean risk over all coverages: {shown(area_under(points))}.</p>",
        risk_curve(points, title="Share of wrong answers over the share of questions answered"),
        *_gate(),
        "<h2>Latency</h2><p class=soft>Milliseconds at the median and at the 95th percentile.</p>",
        latency_bars(_latency(rows), title="Latency per stage"),
        f"<h2>All figures</h2><div class=scroll>{_table(summaries)}</div>",
        f"<h2>Rows that are not right ({sum(not row.is_right for row in rows)})</h2>",
        *(_failing(row) for row in rows if not row.is_right),
        *_beside(beside),
    ]
    head = (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Footnote: run {escape(run.name)}</title>"
    )
    style = STYLE.read_text(encoding="utf-8")
    return f"{head}<style>{style}</style><body><main>{''.join(sections)}</main></body></html>\n"


def markdown_report(run: Run, rows: Sequence[Row], beside: Beside = NOTHING_BESIDE) -> str:
    """The same figures as Markdown, without plots."""
    summaries = summarise(rows)
    blames = [f"- {blame}: {count}" for blame, count in sorted(summaries[-1].blame.items(), key=lambda pair: -pair[1])]
    failing = [
        f"- `{row.case}` ({row.kind}), {row.blame}: missing {', '.join(row.missing) or 'nothing'}"
        for row in rows
        if not row.is_right
    ]
    parts = [
        "# How well the answers are grounded",
        _made(run),
        "## By kind of question",
        summary_table(summaries),
        "## All rows, with intervals",
        interval_table(summaries[-1]),
        "## Where rows are lost",
        "\n".join(blames) or "Nowhere.",
        "## Rows that are not right",
        "\n".join(failing) or "None.",
    ]
    if beside.mutations:
        parts += ["## How often damage is seen", detection_table(beside.mutations)]
    if beside.peers:
        parts += ["## Beside the stock stack", beside.peers]
    if beside.speed:
        parts += ["## Speed", speed_table(beside.speed)]
    return "\n\n".join(parts) + "\n"


def _gate() -> list[str]:
    """The gate's curve on both halves of the shipped cases, as it was when its point was chosen."""
    chosen, curve, cases = read_calibration()
    if not cases:
        return []
    halves = [[(p.answered or 0.0, p.refused or 0.0) for p in curve if p.split == split] for split in SPLITS]
    points = [(point.answered or 0.0, point.refused or 0.0) for point in chosen]
    told = (
        "Share of unanswerable questions refused over the share of answerable ones answered, on the half that was tuned "
        "on (whole line) and the half that was only looked at (dashed); dots mark the chosen threshold."
    )
    drawn = gate_curves(halves, points, title="Answered against refused")
    return ["<h2>The gate</h2>", f"<p class=soft>{told} {len(cases)} cases, kept in eval/gold.</p>", drawn]


def _beside(beside: Beside) -> list[str]:
    """How far the metrics can be trusted, and what others reach."""
    parts = []
    if beside.mutations:
        rows = [[row.damage, row.metric, f"{row.seen}/{row.tried}", shown(row.rate)] for row in beside.mutations]
        parts += ["<h2>How often damage is seen</h2>", _html_table(["damage", "seen by", "seen", "rate"], rows)]
    if beside.peers:
        parts.append("<h2>Beside the stock stack</h2>")
        for table in beside.peers.split("\n\n"):
            lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
            parts.append(_html_table(lines[0], lines[2:]))
    if beside.speed:
        parts += ["<h2>Speed</h2>", *(_speed(part) for part in beside.speed)]
    return parts


def _speed(part: Part) -> str:
    """A part of the speed table: how many times better than the stock stack, then every figure."""
    ratios = [(figure.what, figure.times) for figure in part.figures if figure.times is not None]
    drawn = ratio_bars(ratios, title=f"Times better than the stock stack: {part.name}") if ratios else ""
    notes = "".join(f"<p class=soft>{escape(note)}.</p>" for note in part.notes)
    return f"<h3>{escape(part.name)}</h3>{drawn}{_html_table(HEADER, rows_of(part))}{notes}"


def _html_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(name)}" for name in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}" for cell in row) for row in rows)
    return f"<div class=scroll><table class=plain><thead><tr>{head}</thead><tbody>{body}</tbody></table></div>"


def _made(run: Run) -> str:
    return f"Run {run.name}, {run.created}: {run.count} cases, {run.engine}, corpus {run.corpus}, code {run.revision}"


def _cards(overall: Summary) -> str:
    cards = [
        f"<div class=card><b>{shown(overall.figures[name].mean)}</b><span>{label}</span></div>"
        for name, label in _HEADLINE
    ]
    cards.append(f"<div class=card><b>{overall.median_words:.0f}</b><span>words at the median</span></div>")
    cards.append(f"<div class=card><b>{overall.failures}</b><span>rows that failed</span></div>")
    return f"<div class=cards>{''.join(cards)}</div>"


def _table(summaries: Sequence[Summary]) -> str:
    header = "".join(f"<th>{escape(name.replace('_', ' '))}" for name in ("kind", "rows", *_COLUMNS, "words"))
    body = []
    for part in summaries:
        cells = [shown(part.figures[name].mean) + _covered(part, name) for name in _COLUMNS]
        row = [escape(part.kind), str(part.rows), *cells, f"{part.median_words:.0f}"]
        body.append("<tr>" + "".join(f"<td>{cell}" for cell in row))
    return f"<table><thead><tr>{header}</thead><tbody>{''.join(body)}</tbody></table>"


def _covered(part: Summary, name: str) -> str:
    """How many rows the mean is over, where it is not all of them."""
    figure = part.figures[name]
    return f" <span class=soft>({figure.rows})</span>" if 0 < figure.rows < figure.of else ""


def _failing(row: Row) -> str:
    given = row.answer
    cited = "\n".join(
        f"[{part['number']}] {part['path']} > {part['section']}: {part['quote']}" for part in given["citations"]
    )
    facts = {
        "understood as": given["standalone_question"],
        "missing": ", ".join(row.missing),
        "answer": given["answer"],
        "cited": cited,
        "gold": "\n".join(row.reference),
        "evidence": "\n".join(given["sections"]),
        "failure": row.error,
    }
    shown_facts = "".join(f"<dt>{name}<dd>{escape(text)}</dd>" for name, text in facts.items() if text)
    title = f"<span class=blame>{escape(row.blame)}</span> {escape(given['standalone_question'])} <code>{escape(row.case)}</code>"
    return f"<details><summary>{title}</summary><dl>{shown_facts}</dl></details>"


def _latency(rows: Sequence[Row]) -> list[tuple[str, float, float]]:
    stages = list(dict.fromkeys(stage for row in rows for stage in row.timings_ms))
    times = {stage: [row.timings_ms[stage] for row in rows if stage in row.timings_ms] for stage in stages}
    return [(stage, quantile(values, 0.5), quantile(values, 0.95)) for stage, values in times.items()]
