"""A dated plan to the interview: what to read, practise, review and rehearse on which day, within the hours there are.

The order of the corpus's tracks is kept, so that what a step builds on comes first. Each week's hours are laid into
sessions of an hour or more on days that are not off. What does not fit is dropped from the end of the priorities, and
said. Pure: the same wishes, tracks and bank give the same plan.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import blake2b
from typing import Literal

from answer.answers import Citation
from study.choosing import choose
from study.errors import CannotPlan
from study.tasks import LEVELS, MOCK_MINUTES, Task

Kind = Literal["read", "practise", "review", "mock"]
SESSION = 60  # minutes at least, where the week has them
LONGEST_DAY = 600  # minutes
REVIEW_SHARE = 0.15  # of each session, for the cards that are due
LEAST_REVIEW = 5  # minutes
LEAST_PART = 10  # minutes of a task that a day's rest is used for
WHOLE = 45  # minutes; a task up to this length is not cut at the end of a day, but moves the end within the week
TRIES = 12
MOCK_SHARE = 0.25  # of all the hours, at most, for mock interviews
NEEDED = 1  # tasks up to this priority belong to the track itself
LONGEST_PLAN = 366  # days


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person says. `days_off` are weekdays, Monday 0; `ratings` run from 1 (weak) to 5 (sure) per topic."""

    interview: date
    hours: float  # a week
    days_off: tuple[int, ...] = ()
    dates_off: tuple[date, ...] = ()
    level: str = "mid"
    ratings: tuple[tuple[str, int], ...] = ()
    loop: str | None = None  # path of the guide whose rounds are planned for
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on one day. `ref` is a note's or question's id; `source` names the track's step it comes from.

    `cites` are numbers of the plan's `sources`: the lines of the guides' schedules that ask for such work.
    """

    uid: str
    day: date
    kind: Kind
    title: str
    minutes: int
    ref: str = ""
    source: str = ""
    done: bool = False
    pinned: bool = False  # moved by hand
    cites: tuple[int, ...] = ()
    builds_on: tuple[str, ...] = ()  # refs of what is to be read before


@dataclass(frozen=True, slots=True)
class Plan:
    """`dropped` are titles of what did not fit; `notes` say what a person should know; `revision` counts changes."""

    wishes: Wishes
    start: date
    items: tuple[Item, ...]
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    revision: int = 0
    sources: tuple[Citation, ...] = ()  # numbered from 1
    cancelled: tuple[Item, ...] = ()  # what a plan before held and this one doesn't: a calendar takes it out

    def on(self, day: date) -> tuple[Item, ...]:
        """What stands on a day, in order."""
        return tuple(item for item in self.items if item.day == day)


def days_named(texts: Iterable[str]) -> tuple[date, ...]:
    """Days written as 2026-12-24. Raises CannotPlan."""
    try:
        return tuple(date.fromisoformat(text.strip()) for text in texts if text.strip())
    except ValueError as error:
        raise CannotPlan(f"{error}: write a day as 2026-12-24.") from error


def check(wishes: Wishes, *, today: date) -> None:
    """Raises CannotPlan for wishes that make no plan."""
    if wishes.interview <= today:
        raise CannotPlan(f"The interview on {wishes.interview} is not in the future: name a later day.")
    if (wishes.interview - today).days > LONGEST_PLAN:
        raise CannotPlan(f"The interview on {wishes.interview} is more than a year away: plan nearer to it.")
    if not 0.5 <= wishes.hours <= 100:
        raise CannotPlan(f"{wishes.hours:g} hours a week make no plan: name between half an hour and 100 hours.")
    if wishes.level not in LEVELS:
        raise CannotPlan(f"{wishes.level!r} is no level: name one of {', '.join(LEVELS)}.")
    if not sessions(wishes, today):
        raise CannotPlan("Every day until the interview is off: free at least one.")


def sessions(wishes: Wishes, start: date) -> dict[date, int]:
    """Day -> minutes, from `start` to the day before the interview; no week of seven days exceeds its hours."""
    found: dict[date, int] = {}
    for offset in range(0, (wishes.interview - start).days, 7):
        week = [start + timedelta(days=offset + each) for each in range(7)]
        ahead = [day for day in week if day < wishes.interview]
        free = [day for day in ahead if day.weekday() not in wishes.days_off and day not in wishes.dates_off]
        budget = int(wishes.hours * 60 * len(ahead) / 7)
        if free and budget:
            used = _spread(free, min(len(free), max(1, budget // SESSION)))
            found.update({day: min(LONGEST_DAY, budget // len(used)) for day in used})
    return found


def _spread(days: Sequence[date], count: int) -> list[date]:
    return [days[place * len(days) // count] for place in range(count)]


def make_plan(wishes: Wishes, tasks: Sequence[Task], *, today: date, done: Iterable[Item] = ()) -> Plan:
    """Lay the tasks into the days from today on. `done` are items already done, which are kept and not planned again.

    Raises CannotPlan.
    """
    check(wishes, today=today)
    kept = tuple(item for item in done if item.done)
    pinned = tuple(item for item in done if item.pinned and not item.done and today <= item.day < wishes.interview)
    ahead = _left_of(tasks, [*kept, *pinned])
    days = sessions(wishes, today)
    for item in (*kept, *pinned):
        if item.day in days:
            days[item.day] = max(0, days[item.day] - item.minutes)
    mocks = _mock_days(days)
    room = {day: minutes - _review(minutes) - (MOCK_MINUTES if day in mocks else 0) for day, minutes in days.items()}
    there = {item.uid for item in (*kept, *pinned)}
    chosen, dropped, placed, left = _fit(ahead, room, there)
    made = [*placed, *_reviews(days), *_mocks(mocks)]
    items = [*kept, *pinned, *(item for item in made if item.uid not in there)]
    items.sort(key=lambda item: (item.day, _ORDER[item.kind]))
    lost = (*dropped, *left)
    notes = (*_notes(lost, days, wishes), *_uncovered(lost, [*chosen, *kept, *pinned], left))
    return Plan(wishes, today, tuple(items), tuple(task.title for task in lost), notes)


_ORDER: Mapping[Kind, int] = {"review": 0, "read": 1, "practise": 1, "mock": 2}


def _review(minutes: int) -> int:
    return max(LEAST_REVIEW, int(minutes * REVIEW_SHARE)) if minutes >= 3 * LEAST_REVIEW else 0


def _mock_days(days: Mapping[date, int]) -> list[date]:
    """One mock a week in the second half of the plan, on the last day of the week that has room for it."""
    long = [day for day, minutes in sorted(days.items()) if minutes - _review(minutes) >= MOCK_MINUTES]
    if not long:
        return []
    first, last = min(days), max(days)
    found: dict[int, date] = {}
    for day in long:
        if day - first >= (last - first) / 2:
            found[(day - first).days // 7] = day
    most = int(MOCK_SHARE * sum(days.values()) / MOCK_MINUTES)
    return sorted(found.values())[-most:] if len(days) > 1 and most else []


def _fit(
    tasks: Sequence[Task], room: Mapping[date, int], there: Collection[str]
) -> tuple[list[Task], list[Task], list[Item], list[Task]]:
    """Tasks chosen and dropped, items placed, and chosen tasks that found no place after all.

    Days have ends, so that not every minute can be used: what does not fit is chosen again from fewer minutes.
    """
    minutes = sum(max(0, each) for each in room.values())
    for _ in range(TRIES):
        chosen, dropped = choose(tasks, minutes)
        placed, left = _place(chosen, room, there)
        if not left:
            break
        minutes -= sum(task.minutes for task in left)
    return chosen, dropped, placed, left


def _left_of(tasks: Sequence[Task], items: Sequence[Item]) -> list[Task]:
    """What is left of the tasks after these items: a task done in part keeps the rest of its minutes."""
    spent: Counter[str] = Counter()
    for item in items:
        spent[item.ref] += item.minutes
    rest = (replace(task, minutes=task.minutes - spent[task.ref]) for task in tasks)
    return [task for task in rest if task.minutes > 0]


def _place(tasks: Sequence[Task], room: Mapping[date, int], there: Collection[str]) -> tuple[list[Item], list[Task]]:
    """Tasks in order into the days in order; one longer than what a day has left goes on in parts on the next days."""
    left = {day: minutes for day, minutes in sorted(room.items()) if minutes > 0}
    placed: list[Item] = []
    lost: list[Task] = []
    days = list(left)
    first, at = min(room, default=date.min), 0
    for task in tasks:
        needs, part, begun = task.minutes, 0, False
        while needs > 0 and at < len(days):
            _shift_end(left, days[at : at + 2], needs, first)
            use = _part(needs, left[days[at]])
            if use:
                part, begun = _free_part(task, part + 1, there), True
                placed.append(_item(task, days[at], use, part))
                needs -= use
                left[days[at]] -= use
            if needs > 0 or left[days[at]] <= 0:
                at += 1
        if needs > 0 and not begun:
            lost.append(task)
    return placed, lost


def _shift_end(left: dict[date, int], days: Sequence[date], needs: int, first: date) -> None:
    """Let a short task end a day later than planned, or begin the next one, at the cost of the other day of its week."""
    if len(days) < 2 or not left[days[0]] < needs <= min(WHOLE, left[days[0]] + left[days[1]]):
        return
    today, tomorrow = days
    if (today - first).days // 7 != (tomorrow - first).days // 7 or max(left[today], left[tomorrow]) > SESSION * 4:
        return
    moved = needs - left[today] if 2 * left[today] >= needs else -left[today]
    left[today] += moved
    left[tomorrow] -= moved


def _part(needs: int, left: int) -> int:
    """The minutes of a task that a day takes: all, or a part that leaves no scrap; 0 where only a scrap would fit."""
    if needs <= left:
        return needs
    use = min(left, needs - LEAST_PART)
    return use if use >= LEAST_PART else 0


def _free_part(task: Task, part: int, there: Collection[str]) -> int:
    """The next part that no item done or moved by hand has already."""
    while uid_of(task.kind, task.ref, part) in there:
        part += 1
    return part


def _item(task: Task, day: date, minutes: int, part: int) -> Item:
    title = task.title if part == 1 else f"{task.title} (continued)"
    return Item(
        uid_of(task.kind, task.ref, part),
        day,
        task.kind,
        title,
        minutes,
        task.ref,
        task.source,
        builds_on=task.builds_on,
    )


def _reviews(days: Mapping[date, int]) -> list[Item]:
    return [
        Item(uid_of("review", day.isoformat(), 1), day, "review", "Review the cards that are due", _review(minutes))
        for day, minutes in days.items()
        if _review(minutes)
    ]


def _mocks(days: Sequence[date]) -> list[Item]:
    return [
        Item(uid_of("mock", str(number), 1), day, "mock", f"Mock interview {number}", MOCK_MINUTES, f"mock-{number}")
        for number, day in enumerate(days, 1)
    ]


def uid_of(kind: str, ref: str, part: int) -> str:
    """An id that is the same whenever the same thing is planned: a calendar updates it and never doubles it."""
    return f"{blake2b(f'{kind}|{ref}|{part}'.encode(), digest_size=10).hexdigest()}@footnote"


def _notes(lost: Sequence[Task], days: Mapping[date, int], wishes: Wishes) -> tuple[str, ...]:
    hours = sum(days.values()) / 60
    notes = [f"{hours:.1f} hours until {wishes.interview}, on {len(days)} days."]
    needed = sum(task.priority <= NEEDED for task in lost)
    if needed:
        notes.append(f"The time is too short: {needed} things that the track asks for were left out.")
    if len(lost) > needed:
        notes.append(f"{len(lost) - needed} further things on these topics would need more hours.")
    if any(minutes == LONGEST_DAY for minutes in days.values()):
        notes.append("No day is planned beyond ten hours, so some of your hours stay free.")
    return tuple(notes)


def _uncovered(lost: Sequence[Task], planned: Sequence[Task | Item], left: Sequence[Task]) -> Iterator[str]:
    """Says for which rounds no question found a place."""
    there = {each.ref for each in planned} - {task.ref for task in left}
    groups = {task.group for task in lost if task.kind == "practise" and task.group}
    covered = {task.group for task in planned if isinstance(task, Task) and task.ref in there}
    if groups - covered:
        yield f"The time is too short: no question fits for {', '.join(sorted(groups - covered))}."


def uid_in(plan: Plan, start: str) -> str:
    """The uid of the item that begins so, as the command prints it. Raises CannotPlan where it is none or several."""
    found = {item.uid for item in plan.items if item.uid.startswith(start)}
    if len(found) != 1:
        raise CannotPlan(f"{len(found)} items of the plan begin with {start!r}: copy one from `python -m study plan`.")
    return found.pop()


def tick(plan: Plan, uid: str, done: bool = True) -> Plan:
    """Mark an item done or not. Raises CannotPlan for an unknown one."""
    return _changed(plan, uid, lambda item: replace(item, done=done))


def move(plan: Plan, uid: str, day: date) -> Plan:
    """Put an item on another day by hand. Raises CannotPlan where the day is off or outside the plan."""
    wishes = plan.wishes
    if not plan.start <= day < wishes.interview:
        raise CannotPlan(
            f"{day} is outside the plan, which runs from {plan.start} to the day before {wishes.interview}."
        )
    if day.weekday() in wishes.days_off or day in wishes.dates_off:
        raise CannotPlan(f"{day} is a day off: choose another, or change the days off.")
    return _changed(plan, uid, lambda item: replace(item, day=day, pinned=True))


def out_of_order(plan: Plan) -> tuple[str, ...]:
    """Says which items stand before what they build on, since one or the other was moved by hand; what is done counts not."""
    ahead = [item for item in plan.items if not item.done]
    firsts: dict[str, Item] = {}
    lasts: dict[str, Item] = {}
    for item in ahead:
        firsts.setdefault(item.ref, item)
        lasts[item.ref] = item
    pairs = ((item, lasts[ref]) for item in firsts.values() for ref in item.builds_on if ref in lasts)
    return tuple(
        f"“{item.title}” on {item.day:%d %B} stands before what it builds on: “{needed.title}” on {needed.day:%d %B}."
        for item, needed in pairs
        if item.day < needed.day
    )


def _changed(plan: Plan, uid: str, change: object) -> Plan:
    assert callable(change)
    if not any(item.uid == uid for item in plan.items):
        raise CannotPlan(f"The plan has no item {uid}: it may have been planned anew.")
    items = tuple(change(item) if item.uid == uid else item for item in plan.items)
    return replace(plan, items=tuple(sorted(items, key=lambda item: item.day)), revision=plan.revision + 1)


def plan_again(plan: Plan, tasks: Sequence[Task], *, today: date, wishes: Wishes | None = None) -> Plan:
    """A new plan from today on: what was done stays, what was missed is planned again. Raises CannotPlan."""
    anew = make_plan(wishes or plan.wishes, tasks, today=today, done=plan.items)
    there = {item.uid for item in anew.items}
    before = {item.uid: item for item in (*plan.cancelled, *plan.items)}
    gone = tuple(item for uid, item in before.items() if uid not in there)
    return replace(anew, revision=plan.revision + 1, cancelled=gone)
