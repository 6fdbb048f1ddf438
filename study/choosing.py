"""Which tasks of a plan are taken when the hours are fewer than the tasks: by priority, and fairly within one.

Every round is given one question before anything else. Within a priority the rounds and topics then take turns, so that
a short plan holds something of each; a task is taken together with the notes it builds on, or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from study.tasks import Task

EACH = 2  # tasks that every round and topic is given before the longer lists get more than the shorter


def choose(tasks: Sequence[Task], minutes: int) -> tuple[list[Task], list[Task]]:
    """The tasks that fit in all, in their own order; and those that do not."""
    named = {task.ref: task for task in tasks}
    taken: set[str] = set()
    for task in _in_turns(tasks):
        bundle = [named[ref] for ref in _with_all_below(task, named) if ref not in taken]
        needed = sum(each.minutes for each in bundle)
        if bundle and needed <= minutes:
            minutes -= needed
            taken.update(each.ref for each in bundle)
    return [task for task in tasks if task.ref in taken], [task for task in tasks if task.ref not in taken]


def _in_turns(tasks: Sequence[Task]) -> list[Task]:
    """One question of each round; then by priority, two of each group first, then each in proportion to its length."""
    firsts: dict[str, str] = {}
    for task in sorted(tasks, key=lambda task: task.priority):
        if task.kind == "practise" and task.group:
            firsts.setdefault(task.group, task.ref)
    sizes = Counter((task.priority, task.kind, task.group) for task in tasks)
    seen: Counter[tuple[int, str, str]] = Counter()
    turns = []
    for place, task in enumerate(tasks):
        key = (task.priority, task.kind, task.group)
        nth, seen[key] = seen[key], seen[key] + 1
        rank = -1 if firsts.get(task.group) == task.ref else task.priority
        turns.append((rank, min(nth, EACH), nth / sizes[key] if nth >= EACH else 0.0, place))
    return [tasks[place] for *_, place in sorted(turns)]


def _with_all_below(task: Task, named: Mapping[str, Task]) -> set[str]:
    """The task and, through all levels, the tasks it builds on; one that is not named is done already."""
    found: set[str] = set()
    waiting = [task.ref]
    while waiting:
        ref = waiting.pop()
        if ref in named and ref not in found:
            found.add(ref)
            waiting += named[ref].builds_on
    return found
