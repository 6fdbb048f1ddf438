"""Questions of the bank in the chat: the one that fits, none twice, and the nearest where no difficulty fits."""

from __future__ import annotations

from answer.answers import Question, Turn
from answer.assistant import Assistant

WAGGLE, APIARY = "Explain the waggle dance and its limits", "Design an apiary for a windy island"


def test_a_question_of_another_difficulty_comes_with_a_note(assistant: Assistant) -> None:
    answer = assistant.ask(Question("give me a hard question on the waggle dance"))
    assert WAGGLE in answer.answer
    assert answer.notes == ("The bank has no hard question that fits; here is the nearest.",)
    assert not assistant.ask(Question("give me a medium question on the waggle dance")).notes


def test_another_question_is_another_one(assistant: Assistant) -> None:
    first = assistant.ask(Question("give me a question"))
    again = assistant.ask(Question("another one", (Turn("give me a question", first.answer),)))
    assert {title for title in (WAGGLE, APIARY) if title in first.answer + again.answer} == {WAGGLE, APIARY}
    assert (WAGGLE in first.answer) != (WAGGLE in again.answer)


def test_who_is_quizzed_is_not_told_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask(Question("quiz me on the waggle dance"))
    assert WAGGLE in answer.answer
    assert "angle of the waggle run" not in answer.answer
