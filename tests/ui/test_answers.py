"""What an answer says beside its positions is drawn once, and nothing of it is lost."""

from __future__ import annotations

from answer.answers import Answer, Disagreement, Position
from ui.components.answers import beside_positions

SIDES = Disagreement("how long the trial is", (Position("four hours", (1,)), Position("a day", (2,))))
DIFFER = "The guides differ [1][2]:\n\n- Mill: four hours [1].\n- Gazette: a day [2]."


def answered(text: str, *disagreements: Disagreement) -> Answer:
    return Answer("how long is the trial?", "how long is the trial?", False, text, disagreements=disagreements)


def test_positions_are_left_to_their_own_drawing() -> None:
    assert beside_positions(answered(DIFFER, SIDES)).strip() == ""


def test_what_is_said_beside_them_stays() -> None:
    rest = "It checks how dough is shaped [3]. The oven is lit at four [1][3]."
    assert beside_positions(answered(f"{DIFFER}\n\n{rest}", SIDES)).strip() == rest


def test_an_answer_without_positions_stays_whole() -> None:
    assert beside_positions(answered(DIFFER)) == DIFFER
