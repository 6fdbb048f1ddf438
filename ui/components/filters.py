"""The filters of a question, kept in the address of the page so that they can be shared and survive a reload."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from index.store import Index

ANY = "Any"


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter: the facet of a passage it limits, its name on screen and in the address, its values."""

    facet: str
    label: str
    key: str
    values: tuple[str, ...]


@lru_cache(maxsize=2)
def facets(index: Index) -> tuple[Facet, ...]:
    """The filters this index knows values for."""
    guides, questions = index.guides(), index.questions()
    companies = {guide.company for guide in guides} | {question.company for question in questions}
    roles = {guide.role for guide in guides} | {question.role for question in questions}
    found = (
        ("company", "Company", "company", companies),
        ("role", "Role", "role", roles),
        ("round", "Round", "round", {question.round for question in questions}),
        ("publisher", "Source", "source", {guide.publisher for guide in guides}),
    )
    made = (Facet(facet, label, key, tuple(sorted(filter(None, values)))) for facet, label, key, values in found)
    return tuple(facet for facet in made if facet.values)


def draw_filters(index: Index) -> dict[str, str]:
    """Draw the filters and return what is chosen, by facet. A value the index doesn't know is passed over."""
    known = facets(index)
    active = sum(st.session_state.get(facet.key) in facet.values for facet in known)
    label = f"Filters ({active})" if active else "Filters"
    with st.popover(label, icon=":material/tune:", type="tertiary", key="filters"):
        chosen = {
            facet: st.selectbox(facet.label, (ANY, *facet.values), key=facet.key, bind="query-params")
            for facet in known
        }
    return {facet.facet: value for facet, value in chosen.items() if value in facet.values}
