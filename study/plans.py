"""The plan in the study record, as JSON, and what the pages and commands ask of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from answer.answers import Citation
from study.errors import CannotPlan
from study.planning import Item, Plan, Wishes, make_plan, plan_again
from study.rounds import loops_of
from study.schedules import cite_plan
from study.store import Store
from study.tasks import Needs, Task, rounds_of, tasks_of
from study.tracks import load_tracks

if TYPE_CHECKING:
    from index.settings import Settings
    from index.store import Index


def plan_json(plan: Plan) -> dict[str, Any]:
    """The plan with days as ISO 8601."""
    row: dict[str, Any] = json.loads(json.dumps(asdict(plan), default=str))
    return row


def plan_of(row: dict[str, Any]) -> Plan:
    """The plan that `plan_json` wrote."""
    wishes = row["wishes"]
    return Plan(
        wishes=Wishes(
            interview=date.fromisoformat(wishes["interview"]),
            hours=wishes["hours"],
            days_off=tuple(wishes["days_off"]),
            dates_off=tuple(map(date.fromisoformat, wishes["dates_off"])),
            level=wishes["level"],
            ratings=tuple((topic, rating) for topic, rating in wishes["ratings"]),
            loop=wishes["loop"],
            company=wishes["company"],
        ),
        start=date.fromisoformat(row["start"]),
        items=tuple(map(_item_of, row["items"])),
        dropped=tuple(row["dropped"]),
        notes=tuple(row["notes"]),
        revision=row["revision"],
        sources=tuple(Citation(**source) for source in row.get("sources", ())),
        cancelled=tuple(map(_item_of, row.get("cancelled", ()))),
    )


def _item_of(row: dict[str, Any]) -> Item:
    listed = {name: tuple(row.get(name, ())) for name in ("cites", "builds_on")}
    return Item(**{**row, **listed, "day": date.fromisoformat(row["day"])})


class Plans:
    """The one plan of a study record."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def current(self) -> Plan | None:
        """The plan there is."""
        rows = self._store.read("SELECT state FROM plans")
        return plan_of(json.loads(rows[0]["state"])) if rows else None

    def keep(self, plan: Plan, *, at: datetime, before: Plan | None = None) -> Plan:
        """Put the plan in the place of `before`, the one it was made from.

        Raises CannotPlan where another window changed that one meanwhile: nothing of what it did is overwritten.
        """

        def put(inside: sqlite3.Connection) -> None:
            there = _plan_in(inside)
            if before is not None and (there is None or there.revision != before.revision):
                raise CannotPlan("The plan was changed in another window meanwhile: plan again from what it is now.")
            _put(inside, plan, at)

        self._store.write(put)
        return plan

    def change(self, work: Callable[[Plan], Plan], *, at: datetime) -> Plan:
        """Change the plan there is, in one transaction, so that windows open at once lose no tick. Raises CannotPlan."""

        def changed(inside: sqlite3.Connection) -> Plan:
            there = _plan_in(inside)
            if there is None:
                raise CannotPlan("There is no plan any more: make one.")
            after = work(there)
            _put(inside, after, at)
            return after

        return self._store.write(changed)

    def interview(self) -> date | None:
        """The day that cards aim at."""
        plan = self.current()
        return plan.wishes.interview if plan else None


def _plan_in(inside: sqlite3.Connection) -> Plan | None:
    row = inside.execute("SELECT state FROM plans").fetchone()
    return plan_of(json.loads(row["state"])) if row else None


def _put(inside: sqlite3.Connection, plan: Plan, at: datetime) -> None:
    state = json.dumps(plan_json(plan), ensure_ascii=False)
    inside.execute("INSERT OR REPLACE INTO plans VALUES (1, ?, ?)", (at.astimezone(UTC).isoformat(), state))


def tasks_for(settings: Settings, index: Index, wishes: Wishes, *, today: date) -> list[Task]:
    """What the corpus's tracks and the chosen loop give for these wishes."""
    needs = Needs(
        rounds=rounds_of(loops_of(index), wishes.loop) if wishes.loop else frozenset(),
        ratings=dict(wishes.ratings),
        weeks=(wishes.interview - today).days / 7,
        level=wishes.level,
    )
    return tasks_of(index, load_tracks(settings.corpus), needs)


def plan_for(settings: Settings, index: Index, wishes: Wishes, *, today: date, before: Plan | None = None) -> Plan:
    """A plan for these wishes; with one before, what was done stays done. Raises CannotPlan."""
    wishes = _with_loop(index, wishes)
    tasks = tasks_for(settings, index, wishes, today=today)
    if before is None:
        return cite_plan(make_plan(wishes, tasks, today=today), index)
    return cite_plan(plan_again(before, tasks, today=today, wishes=wishes), index)


def _with_loop(index: Index, wishes: Wishes) -> Wishes:
    """The wishes with the whole path and the company of the guide they name. Raises CannotPlan where there is none."""
    if not wishes.loop:
        return wishes
    loop = next((loop for loop in loops_of(index) if wishes.loop in loop.guide), None)
    if loop is None:
        raise CannotPlan(
            f"No guide {wishes.loop!r} describes rounds: `python -m study mock loops` lists those that do."
        )
    return replace(wishes, loop=loop.guide, company=loop.company)
