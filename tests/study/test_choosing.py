"""What a plan takes when the time is short: something of every round, and nothing without what it builds on."""

from __future__ import annotations

from study.choosing import choose
from study.tasks import Task


def task(ref: str, *, group: str = "a", priority: int = 1, before: tuple[str, ...] = (), kind: str = "read") -> Task:
    return Task(kind, ref, ref, 10, "", "", priority, group, before)  # type: ignore[arg-type]


def refs(tasks: list[Task]) -> str:
    return "".join(task.ref for task in tasks)


def test_groups_take_turns_and_the_own_order_is_kept() -> None:
    tasks = [*(task(ref) for ref in "abcdef"), *(task(ref, group="b") for ref in "xyz")]
    taken, dropped = choose(tasks, 40)
    assert (refs(taken), refs(dropped)) == ("abxy", "cdefz")


def test_a_task_comes_with_all_it_builds_on_or_not_at_all() -> None:
    tasks = [task("c", priority=3), task("b", priority=3, before=("c",)), task("a", before=("b", "done"))]
    assert refs(choose(tasks, 30)[0]) == "cba"
    assert refs(choose(tasks, 20)[0]) == "cb"
    circle = [task("a", before=("b",)), task("b", before=("a",))]
    assert refs(choose(circle, 20)[0]) == "ab" and choose(circle, 10)[0] == []


def test_every_round_has_one_question_before_what_is_more_urgent() -> None:
    tasks = [*(task(ref, kind="practise") for ref in "abcd"), task("z", kind="practise", group="late", priority=3)]
    assert refs(choose(tasks, 20)[0]) == "az"
