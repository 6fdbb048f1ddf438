"""Every metric against a figure worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import pytest

from answer.answers import Citation
from eval import metrics
from eval.cases import Nugget
from eval.citing import cited_texts, header_of
from eval.places import Place, first_words, gold_of, is_held, merged
from eval.statements import Statement, statements_of
from tests.eval.fakes import TEXTS, answer, case, citation, passage, refusal, span, unanswerable

TOUR, PIER, RAFT = "The harbour tour takes 40 minutes.", "It starts at the pier.", "| Raft | 30 euros |"
TWO = case(evidence=(span(TOUR), span(RAFT)), nuggets=(Nugget(("40 minutes",)), Nugget(("30 euros",))))


def exactly(claim: str, texts: list[str]) -> bool:
    """A judge by hand: the claim stands in one of the texts, or in two joined."""
    return any(claim.strip(". ") in text for text in [*texts, " ".join(texts)])


def test_places_of_a_quote_are_all_its_places_and_those_of_its_alternatives() -> None:
    made = case(evidence=(span("euros", "guides/boats.md", span("75 euros", "guides/trains.md")),))
    assert [place.guide for place in gold_of(made, TEXTS)[0]] == ["guides/boats.md"] * 2 + ["guides/trains.md"]


def test_words_are_counted_over_passages_and_the_last_one_is_cut() -> None:
    places = first_words([passage(TOUR), passage("The night train leaves at 9.", "guides/trains.md")], 9)
    assert [TEXTS[place.guide][place.start : place.end] for place in places] == [TOUR, "The night train"]


def test_neighbouring_places_join_and_a_span_over_both_is_held() -> None:
    ground = merged([Place("g", 10, 20), Place("g", 0, 10), Place("h", 5, 6)])
    assert ground == [Place("g", 0, 20), Place("h", 5, 6)]
    assert is_held((Place("g", 5, 15),), ground)
    assert not is_held((Place("g", 15, 25),), ground)


def test_evidence_recall_is_the_share_of_spans_held() -> None:
    gold = gold_of(TWO, TEXTS)
    assert metrics.evidence_recall(gold, [passage(TOUR)]) == 0.5
    assert metrics.evidence_recall(gold, [passage(TOUR), passage(RAFT)]) == 1.0
    assert metrics.evidence_recall(gold, [passage(TOUR), passage(RAFT)], words=6) == 0.5
    assert metrics.recall_at(gold, [passage(PIER), passage(TOUR), passage(RAFT)], 2) == 0.5
    assert metrics.evidence_recall((), [passage(TOUR)]) is None


def test_ranks_are_those_of_the_passages_that_bring_gold() -> None:
    gold, ranked = gold_of(TWO, TEXTS), [passage(PIER), passage(TOUR), passage(TOUR), passage(RAFT)]
    assert metrics.gains(gold, ranked) == [0, 1, 0, 1]
    assert metrics.reciprocal_rank(gold, ranked) == 0.5
    assert metrics.ndcg(gold, ranked) == pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3)))
    assert metrics.reciprocal_rank(gold, [passage(PIER)]) == 0.0


def test_quotes_must_be_the_very_characters() -> None:
    moved = replace(citation(1, TOUR), start=0)
    assert metrics.quote_exactness(answer(citations=(citation(1, TOUR), moved)), TEXTS) == 0.5
    assert (
        metrics.quote_exactness(answer(citations=(replace(citation(1, TOUR), quote="", end=0, start=0),)), TEXTS) == 0.0
    )
    assert metrics.quote_exactness(refusal(), TEXTS) is None


def test_statements_are_sentences_items_and_rows_with_their_markers() -> None:
    text = "# Head\nThe guides disagree:\n- One thing [1].\n- Two [2][3] and three [4]\n\n| A | B |\n|---|---|\n| x | y [5] |\nLoose end."
    assert statements_of(text) == (
        Statement("- One thing", (1,)),
        Statement("- Two", (2, 3)),
        Statement("and three", (4,)),
        Statement("| x | y |", (5,)),
        Statement("Loose end", ()),
    )


def test_a_statement_counts_as_cited_when_all_its_markers_resolve() -> None:
    assert metrics.cited_share(answer()) == 1.0
    assert metrics.cited_share(answer("One [1]. Two [9]. Three.")) == pytest.approx(1 / 3)
    assert metrics.cited_share(answer("")) == 0.0
    assert metrics.cited_share(refusal()) is None


def test_citation_recall_and_precision_after_alce() -> None:
    cited = {1: TOUR, 2: PIER, 3: TOUR + " " + PIER}
    one = answer(f"{TOUR[:-1]} [1][2].")
    assert metrics.citation_recall(one, cited, exactly) == 1.0
    assert metrics.citation_precision(one, cited, exactly) == 0.5  # the second is not needed
    both = answer("tour takes 40 minutes. It starts at the pier [1][2].")
    assert metrics.citation_recall(both, cited, exactly) == 1.0
    assert metrics.citation_precision(both, cited, exactly) == 1.0  # each is needed for the union
    assert metrics.citation_recall(answer("Something else [1]."), cited, exactly) == 0.0
    assert metrics.citation_recall(answer("Said without source."), cited, exactly) == 0.0


def test_faithfulness_is_the_share_of_statements_that_all_citations_support() -> None:
    assert metrics.faithfulness(answer(f"{TOUR[:-1]} [2]. Invented [1]."), {1: TOUR, 2: PIER}, exactly) == 0.5
    assert metrics.faithfulness(answer(""), {1: TOUR}, exactly) == 0.0
    assert metrics.faithfulness(refusal(), {}, exactly) is None


def test_right_is_every_vital_nugget_and_nothing_forbidden() -> None:
    assert metrics.is_right(case(), answer()) == 1.0
    assert metrics.is_right(case(), answer("The tour takes 50 minutes [1].")) == 0.0
    assert metrics.is_right(case(must_not=("pier",)), answer("40 minutes from the pier [1].")) == 0.0
    assert metrics.is_right(case(nuggets=(Nugget(("40 minutes",)), Nugget(("pier",), vital=False))), answer()) == 1.0
    assert metrics.is_right(case(nuggets=()), answer("")) == 0.0


def test_refusals_are_right_where_they_are_due() -> None:
    assert (metrics.is_right(unanswerable(), refusal()), metrics.is_right(unanswerable(), answer())) == (1.0, 0.0)
    assert [metrics.crag_score(case(), given) for given in (answer(), refusal(), answer("Ten [1]."))] == [
        1.0,
        0.0,
        -1.0,
    ]
    assert (metrics.refusal_recall(unanswerable(), refusal()), metrics.refusal_recall(case(), refusal())) == (1.0, None)
    assert (metrics.answer_rate(case(), refusal()), metrics.answer_rate(unanswerable(), refusal())) == (0.0, None)


def test_a_reader_sees_a_row_with_its_header_and_source() -> None:
    start = TEXTS["guides/boats.md"].index(RAFT)
    assert header_of(TEXTS["guides/boats.md"], start) == "| Boat | Price |"
    assert header_of(TEXTS["guides/boats.md"], 3) == ""
    shown = cited_texts(answer(citations=(citation(1, RAFT),)), TEXTS)
    assert shown[1] == f"boats.md: \n| Boat | Price |\n{RAFT}"


def test_a_bank_entry_is_seen_with_its_fields() -> None:
    text = "- id: a\n  title: Tie a knot\n  category: Sailing\n  difficulty: Easy\n- id: b\n  category: Other\n"
    start = text.index("title")
    cited = Citation(1, "k.yaml", "questions/k.yaml", "Knots", None, None, "", None, start, start + 5, "title", "")
    assert (
        "category: Sailing\n  difficulty: Easy"
        in cited_texts(answer(citations=(cited,)), {"questions/k.yaml": text})[1]
    )
