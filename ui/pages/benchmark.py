"""Benchmark: the last runs, their figures per kind of question, the rows that failed and where, two runs compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

import ui.engine as engine
from index.errors import FootnoteError
from index.settings import Settings
from study.chats import ChatTurn
from ui.components.safe_text import plain, safe_markdown, visible

if TYPE_CHECKING:
    from eval.runs import Run
    from eval.scoring import Row, Summary

FIGURES = {
    "right": "Right",
    "evidence_recall": "Evidence found",
    "cited_evidence": "Evidence cited",
    "citation_precision": "Citations that support",
    "faithfulness": "Sentences supported",
    "answered_when_possible": "Answered when possible",
    "refused_when_due": "Refused when due",
}
HEADLINE = ("right", "cited_evidence", "answered_when_possible", "refused_when_due")
SHOWN = 25
ANY = "Any"
NONE = "No other run"


def draw() -> None:
    """The page."""
    from eval.browse import list_runs, load_run

    st.title("Benchmark", anchor=False)
    home = Settings().home
    try:
        runs = list_runs(home)
        if runs:
            run = _chosen(runs)
            _draw_run(home, *load_run(home, run.name))
            _draw_comparison(home, run, runs)
        else:
            st.info("No run is kept yet. `make eval` asks every question of the benchmark and keeps the figures.")
        _draw_marked_wrong(home)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")


def _chosen(runs: Sequence[Run]) -> Run:
    names = {run.name: run for run in runs}
    name = st.selectbox(
        "Run", list(names), key="run", bind="query-params", format_func=lambda each: _named(names[each])
    )
    return names.get(name or "", runs[0])


def _named(run: Run) -> str:
    state = "" if run.finished else " · unfinished"
    return f"{run.name} · {run.created[:16].replace('T', ' ')} · {run.engine} · {run.count} questions{state}"


def _draw_run(home: Path, run: Run, rows: Sequence[Row]) -> None:
    from eval.browse import figures, report_page

    st.caption(plain(f"Code {run.revision[:12]} · corpus {run.corpus[:12]}"))
    if not rows:
        st.info("This run has no rows yet.")
        return
    summaries = figures(rows)
    whole = summaries[-1]
    with st.grid(len(HEADLINE), min_column_width=150, gap="small"):
        for name in HEADLINE:
            st.metric(FIGURES[name], _share(whole.figures[name].mean), border=True)
    st.subheader("By kind of question", anchor=False)
    st.markdown(_table(summaries))
    _draw_failing(rows, whole)
    st.download_button(
        "The whole report",
        lambda: report_page(home, run.name),
        file_name=f"footnote-benchmark-{run.name}.html",
        mime="text/html",
        icon=":material/download:",
        on_click="ignore",
        key="report",
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}\u00a0%"


def _table(summaries: Sequence[Summary]) -> str:
    lines = ["| Kind | Rows | " + " | ".join(FIGURES.values()) + " |", "|---|" + "--:|" * (len(FIGURES) + 1)]
    for summary in summaries:
        cells = [_share(summary.figures[name].mean) for name in FIGURES]
        lines.append(f"| {plain(summary.kind)} | {summary.rows} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _draw_failing(rows: Sequence[Row], whole: Summary) -> None:
    from eval.browse import failing_rows

    failing = failing_rows(rows)
    st.subheader(f"Rows that are not right ({len(failing)})", anchor=False)
    if not failing:
        return
    lost = ", ".join(f"{count} {blame}" for blame, count in sorted(whole.blame.items(), key=lambda each: -each[1]))
    st.markdown(plain(f"Where they were lost: {lost}."))
    kinds = sorted({row.kind for row in failing})
    with st.container(horizontal=True, gap="small"):
        kind = st.selectbox("Kind", [ANY, *kinds], key="kind", bind="query-params", width=220)
        blame = st.selectbox("Lost at", [ANY, *sorted(whole.blame)], key="lost", bind="query-params", width=220)
    wanted = failing_rows(rows, kind=None if kind == ANY else kind, blame=None if blame == ANY else blame)
    for row in wanted[:SHOWN]:
        with st.expander(plain(f"{_question(row)} · {row.blame}"), key=f"row-{row.case}"):
            _draw_row(row)
    if len(wanted) > SHOWN:
        st.caption(f"{len(wanted) - SHOWN} more: choose a kind or a stage, or read the whole report.")


def _question(row: Row) -> str:
    return str(row.answer.get("standalone_question") or row.case)


def _draw_row(row: Row) -> None:
    """What was answered, what was wanted, what was looked at."""
    answered, wanted = st.columns(2, gap="medium")
    with answered:
        st.markdown("**Answered**")
        st.markdown(safe_markdown(str(row.answer.get("answer") or "Nothing.")), anchors=False)
        sections: list[Any] = list(row.answer.get("sections", ()))
        if sections:
            st.caption("Looked at: " + " · ".join(plain(str(section)) for section in sections))
    with wanted:
        st.markdown("**Wanted**" if row.reference else "**Wanted: a refusal**")
        for quote in row.reference:
            st.markdown(safe_markdown(quote), anchors=False)
        if row.missing:
            st.markdown("Missing: " + ", ".join(plain(each) for each in row.missing))
    if row.error:
        st.error(plain(row.error))
    st.caption(plain(f"Case {row.case}, {row.kind}, lost at: {row.blame}"))


def _draw_comparison(home: Path, run: Run, runs: Sequence[Run]) -> None:
    from eval.browse import compare_runs

    others = [each.name for each in runs if each.name != run.name]
    if not others:
        return
    st.subheader("Compare with another run", anchor=False)
    before = st.selectbox(
        "Another run", [NONE, *others], key="before", bind="query-params", label_visibility="collapsed"
    )
    if before not in others:
        return
    try:
        found = compare_runs(home, before, run.name)
    except FootnoteError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    st.markdown(f"**{len(found.better)} rows won, {len(found.worse)} lost** since run {plain(before)}.")
    moved = [(name, old, new) for name, old, new in found.figures if name in FIGURES and old != new]
    if moved:
        lines = [f"| {FIGURES[name]} | {_share(old)} | {_share(new)} |" for name, old, new in moved]
        st.markdown("\n".join([f"| Figure | {plain(before)} | {plain(run.name)} |", "|---|--:|--:|", *lines]))
    for title, rows in (("Won", found.better), ("Lost", found.worse)):
        if rows:
            st.markdown(f"{title}: " + ", ".join(plain(f"{row.case} ({row.before or row.after})") for row in rows[:40]))


def _draw_marked_wrong(home: Path) -> None:
    """Chat answers with a thumb down: each can become a case."""
    marked = engine.record().chats.rated_down()
    if not marked:
        return
    st.subheader("Chat answers you marked wrong", anchor=False)
    for turn in marked[:SHOWN]:
        with st.expander(plain(turn.answer.standalone_question or turn.answer.question), key=f"marked-{turn.id}"):
            st.markdown(safe_markdown(turn.answer.answer), anchors=False)
            if turn.reason:
                st.caption(plain(turn.reason))
            st.text_input("What a right answer must say (leave empty if it should be refused)", key=f"must-{turn.id}")
            st.button("Make it a case", key=f"case-{turn.id}", on_click=_keep_case, args=(home, turn))
            if st.session_state.get(f"kept-{turn.id}"):
                st.success(plain(st.session_state[f"kept-{turn.id}"]), icon=":material/check:")


def _keep_case(home: Path, turn: ChatTurn) -> None:
    from eval.browse import case_of, keep_case

    must = visible(st.session_state[f"must-{turn.id}"] or "").strip()
    case = case_of(
        turn.answer,
        id=f"chat-{turn.chat}-{turn.position}",
        kind="chat",
        wanted=(must,) if must else (),
        answerable=bool(must),
    )
    file = keep_case(home, case)
    st.session_state[f"kept-{turn.id}"] = f"Kept in {file.name}. Look it over before it joins the gold."
