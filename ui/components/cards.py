"""The cards due today: Space shows the answer, 1 to 4 rate it, with the next interval on each button; undo."""

from __future__ import annotations

import streamlit as st

from study.anki import as_csv, write_anki
from study.cards import Card
from study.scheduling import interval_text, next_due
from ui.components.safe_text import plain, safe_markdown
from ui.practice import cards, interview, now

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}


def draw_cards() -> None:
    """The first card that is due, and what can be done with it."""
    waiting = cards().due(now=now())
    if waiting:
        st.caption(f"{len(waiting)} cards today")
        _draw_card(waiting[0])
    else:
        st.success("Nothing is due: come back tomorrow, or practise a question.")
    with st.container(horizontal=True):
        st.button("Undo the last review", icon=":material/undo:", type="tertiary", key="undo", on_click=_undo)
        _draw_export()


def _draw_card(card: Card) -> None:
    shown = st.session_state.get("card-shown") == card.text.id
    with st.container(border=True):
        st.caption(plain(card.text.topic + (" · changed since you saw it" if card.status == "changed" else "")))
        st.markdown(safe_markdown(card.text.front))
        if shown:
            st.divider()
            st.markdown(safe_markdown(card.text.back))
            st.caption(plain(f"From {card.text.guide}"))
    if not shown:
        st.button("Show the answer", shortcut="Space", key="show", on_click=_show, args=(card.text.id,))
        return
    due = next_due(card.memory, now=now(), interview=interview())
    with st.container(horizontal=True, key="ratings"):
        for rating, label in RATINGS.items():
            words = f"{label} · {interval_text(due[rating], now=now())}"
            st.button(words, shortcut=str(rating), key=f"rate-{rating}", on_click=_rate, args=(card.text.id, rating))


def _show(card: str) -> None:
    st.session_state["card-shown"] = card


def _rate(card: str, rating: int) -> None:
    cards().review(card, rating, now=now(), interview=interview())
    st.session_state.pop("card-shown", None)


def _undo() -> None:
    back = cards().undo()
    if back is None:
        st.toast("There is no review to take back.")
    st.session_state["card-shown"] = back


def _draw_export() -> None:
    with st.popover("Take the cards along", icon=":material/download:", type="tertiary", key="cards-export"):
        every = cards().all()
        st.download_button("Anki deck", lambda: _anki_of(every), "footnote.apkg", key="anki")
        st.download_button("CSV", as_csv(every), "footnote-cards.csv", "text/csv", key="csv")
        st.caption("Importing a later deck updates the cards you have; none is doubled.")


def _anki_of(every: list[Card]) -> bytes:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        target = Path(folder) / "footnote.apkg"
        write_anki(every, target)
        return target.read_bytes()
