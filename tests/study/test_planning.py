"""Plans keep to the hours and the days off, put first what others build on, and are taken by calendars."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from index.settings import Settings
from index.store import Index
from study.calendar import as_calendar
from study.errors import CannotPlan, UnreadableInput
from study.planning import Plan, Wishes, make_plan, move, out_of_order, plan_again, sessions, tick
from study.plans import Plans, plan_for, plan_json, plan_of
from study.store import Store
from study.tasks import Needs, Task, in_order, tasks_of
from study.tracks import Step, Track, load_tracks, prerequisites_in

TODAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
TASKS = [
    Task("read" if n % 3 == 0 else "practise", f"t{n}", f"Task {n}", 15 + 5 * (n % 5), "", "A track", n % 3)
    for n in range(120)
]


def wishes(weeks: int = 6, hours: float = 10, **others: object) -> Wishes:
    return Wishes(TODAY + timedelta(weeks=weeks), hours, **others)  # type: ignore[arg-type]


def worst_week(plan: Plan) -> int:
    weeks = Counter({})
    for item in plan.items:
        weeks[(item.day - plan.start).days // 7] += item.minutes
    return max(weeks.values(), default=0)


@pytest.mark.parametrize("weeks", [1, 2, 6, 8, 20])
@pytest.mark.parametrize("hours", [2, 5, 10, 25, 40])
@pytest.mark.parametrize("days_off", [(), (6,), (0, 2, 5, 6)])
def test_no_plan_exceeds_the_hours_or_touches_a_day_off(weeks: int, hours: int, days_off: tuple[int, ...]) -> None:
    holiday = TODAY + timedelta(days=3)
    plan = make_plan(wishes(weeks, hours, days_off=days_off, dates_off=(holiday,)), TASKS, today=TODAY)
    assert worst_week(plan) <= hours * 60
    assert all(item.day.weekday() not in days_off and item.day != holiday for item in plan.items)
    assert all(TODAY <= item.day < plan.wishes.interview and item.minutes > 0 for item in plan.items)
    planned = [item.ref for item in plan.items if item.kind in ("read", "practise")]
    order = list(dict.fromkeys(planned))
    assert order == [task.ref for task in TASKS if task.ref in set(order)]
    assert len(order) + len(plan.dropped) == len(TASKS)
    needed = {task.title for task in TASKS if task.priority <= 1}
    assert bool(needed & set(plan.dropped)) == any("too short" in note for note in plan.notes)
    assert {"review"} <= {item.kind for item in plan.items}


def test_mocks_stand_in_the_second_half() -> None:
    plan = make_plan(wishes(8, 10), TASKS, today=TODAY)
    mocks = [item for item in plan.items if item.kind == "mock"]
    assert len(mocks) >= 3 and all((item.day - TODAY).days >= 27 for item in mocks)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"interview": TODAY}, "not in the future"),
        ({"interview": TODAY - timedelta(days=3)}, "not in the future"),
        ({"interview": TODAY + timedelta(days=900)}, "more than a year"),
        ({"hours": 0}, "hours a week"),
        ({"days_off": tuple(range(7))}, "Every day"),
    ],
)
def test_impossible_wishes_are_refused_with_the_cure(wrong: dict[str, object], said: str) -> None:
    with pytest.raises(CannotPlan, match=said):
        make_plan(replace(wishes(), **wrong), TASKS, today=TODAY)  # type: ignore[arg-type]


def test_what_is_done_stays_and_what_was_missed_is_planned_again() -> None:
    plan = make_plan(wishes(), TASKS, today=TODAY)
    first, second = [item for item in plan.items if item.ref.startswith("t")][:2]
    later = TODAY + timedelta(days=10)
    again = plan_again(tick(plan, first.uid), TASKS, today=later)
    assert [item for item in again.items if item.ref == first.ref] == [replace(first, done=True)]
    (moved, *_) = [item for item in again.items if item.ref == second.ref]
    assert moved.day >= later and moved.uid == second.uid
    assert (
        again.revision > plan.revision
        and worst_week(replace(again, items=tuple(i for i in again.items if not i.done))) <= 600
    )


def test_an_item_is_moved_to_a_free_day_only() -> None:
    plan = make_plan(wishes(days_off=(6,)), TASKS, today=TODAY)
    uid = plan.items[0].uid
    assert next(item for item in move(plan, uid, TODAY + timedelta(days=2)).items if item.uid == uid).pinned
    for day in (date(2026, 3, 8), plan.wishes.interview, TODAY - timedelta(days=1)):
        with pytest.raises(CannotPlan):
            move(plan, uid, day)
    with pytest.raises(CannotPlan, match="no item"):
        tick(plan, "nowhere")


def test_what_is_moved_before_its_prerequisite_is_said_until_that_is_done() -> None:
    tasks = [replace(task, builds_on=("t0",)) if task.ref == "t60" else task for task in TASKS]
    plan = make_plan(wishes(), tasks, today=TODAY)
    assert out_of_order(plan) == ()
    first, item = (next(each for each in plan.items if each.ref == ref) for ref in ("t0", "t60"))
    late = move(plan, first.uid, item.day + timedelta(days=1))
    assert [text.split("”")[0] for text in out_of_order(late)] == [f"“{item.title}"]
    assert plan_of(plan_json(late)) == late
    early = move(move(plan, first.uid, TODAY + timedelta(days=1)), item.uid, TODAY)
    assert len(out_of_order(early)) == 1 and first.title in out_of_order(early)[0]
    assert out_of_order(tick(early, first.uid)) == ()


def test_uids_are_unique_and_stable() -> None:
    plan = make_plan(wishes(), TASKS, today=TODAY)
    assert len({item.uid for item in plan.items}) == len(plan.items)
    assert make_plan(wishes(), TASKS, today=TODAY) == plan


def test_the_calendar_is_read_back_with_stable_uids_and_a_growing_sequence() -> None:
    plan = make_plan(wishes(), TASKS, today=TODAY)
    uid = plan.items[0].uid
    before, after = (Calendar.from_ical(as_calendar(each, now=NOW)) for each in (plan, tick(plan, uid)))
    events = {str(event["uid"]): event for event in before.walk("VEVENT")}
    assert len(events) == len(plan.items) + 1
    assert all(event["dtend"].dt > event["dtstart"].dt for uid, event in events.items() if uid != "interview@footnote")
    changed = {str(event["uid"]): event for event in after.walk("VEVENT")}
    assert changed.keys() == events.keys() and changed[uid]["sequence"] > events[uid]["sequence"]


def test_what_a_new_plan_drops_is_cancelled_in_the_calendar() -> None:
    plan = make_plan(wishes(6, 10), TASKS, today=TODAY)
    shorter = plan_again(plan, TASKS, today=TODAY, wishes=wishes(6, 4))
    gone = {item.uid for item in plan.items} - {item.uid for item in shorter.items}
    events = Calendar.from_ical(as_calendar(shorter, now=NOW)).walk("VEVENT")
    assert gone and gone == {str(event["uid"]) for event in events if event.get("status") == "CANCELLED"}
    longer = plan_again(shorter, TASKS, today=TODAY, wishes=wishes(6, 10))
    assert not {item.uid for item in longer.items} & {item.uid for item in longer.cancelled}
    assert plan_of(plan_json(shorter)) == shorter


def test_a_guide_that_describes_no_rounds_is_refused(kite_settings: Settings, kites: Index) -> None:
    with pytest.raises(CannotPlan, match="mock loops"):
        plan_for(kite_settings, kites, wishes(loop="nowhere"), today=TODAY)
    plan = plan_for(kite_settings, kites, wishes(loop="pilot"), today=TODAY)
    assert (plan.wishes.loop, plan.wishes.company) == ("guides/pilot.md", "Acme")


def test_what_others_build_on_comes_first_and_a_circle_ends() -> None:
    tasks = {name: Task("read", name, name, 20, "", "", 1) for name in "abcd"}
    order = [task.ref for task in in_order(tasks, {"a": ["c"], "c": ["d", "nowhere"], "d": ["a"]})]
    assert order == ["d", "c", "a", "b"]


def test_prerequisites_are_read_from_the_front_matter() -> None:
    assert prerequisites_in("---\ntitle: A\nprerequisites: [b, c]\n---\n\n# A\n") == ("b", "c")
    assert prerequisites_in("# No front matter\n---\nx\n---\n") == () == prerequisites_in("---\n: [\n---\n")


def test_tasks_come_from_the_tracks_for_the_needed_rounds(kites: Index) -> None:
    track = Track(
        "t", "A track", 4, None, "", (Step("One", 2, ("kite-weather", "gone"), ("choose-a-spar", "fly-a-kite")),)
    )
    tasks = tasks_of(kites, [track], Needs())
    assert [task.ref for task in tasks] == ["kite-weather", "choose-a-spar", "fly-a-kite"]
    assert all(task.source == "A track: One" for task in tasks)
    needed = tasks_of(kites, [track], Needs(rounds=frozenset({"Coding"})))
    assert [task.ref for task in needed] == ["kite-weather", "choose-a-spar"]
    assert [task.ref for task in tasks_of(kites, [], Needs())] == ["fly-a-kite", "choose-a-spar"]


def test_a_broken_track_is_named(tmp_path: Path) -> None:
    (tmp_path / "tracks").mkdir()
    (tmp_path / "tracks" / "a.yaml").write_text("steps: 3", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"a\.yaml"):
        load_tracks(tmp_path)
    assert load_tracks(tmp_path / "nowhere") == []


def test_the_plan_is_kept_as_it_is(kite_settings: Settings, kites: Index, tmp_path: Path) -> None:
    plan = plan_for(
        kite_settings,
        kites,
        wishes(2, 4, ratings=(("coding", 1),), loop="guides/pilot.md", company="Acme"),
        today=TODAY,
    )
    assert plan_of(plan_json(plan)) == plan
    with Store(tmp_path / "study.db") as store:
        assert Plans(store).interview() is None
        Plans(store).keep(plan, at=NOW)
        assert Plans(store).current() == plan and Plans(store).interview() == plan.wishes.interview


def test_fifty_windows_at_once_lose_no_tick(tmp_path: Path) -> None:
    plan = make_plan(wishes(), TASKS, today=TODAY)
    with Store(tmp_path / "study.db") as store:
        plans = Plans(store)
        plans.keep(plan, at=NOW)

        def tick_one(uid: str) -> None:
            plans.change(lambda there: tick(there, uid), at=NOW)

        threads = [threading.Thread(target=tick_one, args=(item.uid,)) for item in plan.items[:50]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        kept = plans.current()
        assert kept is not None and sum(item.done for item in kept.items) == 50
        with pytest.raises(CannotPlan, match="another window"):
            plans.keep(plan_again(plan, TASKS, today=TODAY), at=NOW, before=plan)
        assert plans.current() == kept


def test_a_weeks_sessions_are_an_hour_or_more_where_there_is_an_hour() -> None:
    assert set(sessions(wishes(2, 3), TODAY).values()) == {60}
    assert set(sessions(wishes(2, 0.5), TODAY).values()) == {30}


def test_planning_again_keeps_uids_apart_whatever_is_done() -> None:
    plan = make_plan(wishes(4, 5), TASKS, today=TODAY)
    for item in plan.items[::3]:
        plan = tick(plan, item.uid)
    for later in (0, 5, 12):
        again = plan_again(plan, TASKS, today=TODAY + timedelta(days=later))
        assert len({item.uid for item in again.items}) == len(again.items)
        assert {item.uid for item in plan.items if item.done} <= {item.uid for item in again.items if item.done}
        minutes: Counter[str] = Counter()
        for item in again.items:
            minutes[item.ref] += item.minutes
        assert all(minutes[task.ref] <= task.minutes for task in TASKS)
