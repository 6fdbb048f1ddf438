"""The cell that is asked for, or the row where several of its columns are."""

from __future__ import annotations

from answer.answers import Question
from answer.assistant import Assistant


def test_the_cell_of_one_row_and_one_column_is_told_with_their_names(assistant: Assistant) -> None:
    answer = assistant.ask(Question("what is the bonus at level 4?")).answer
    assert answer == "Level 4, Bonus (USD): 4,500 [1]."


def test_a_question_for_two_columns_gets_the_whole_row_and_no_other(assistant: Assistant) -> None:
    answer = assistant.ask(Question("base salary and bonus at level 4")).answer
    assert "| Level | Base salary (USD) | Bonus (USD) |" in answer
    assert "| 4 | 52,500 | 4,500 [1] |" in answer
    assert "41,000" not in answer and "63,000" not in answer
