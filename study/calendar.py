"""The plan as an iCalendar file (RFC 5545). The only file that imports icalendar.

Every item keeps its UID, and SEQUENCE grows with each change of the plan, so that importing again updates and never
doubles; what a new plan no longer holds is there as cancelled. Times are local ("floating"): a session begins at the
same hour wherever the calendar is.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from study.planning import Plan

FIRST_HOUR = 8  # a day's longest plan is ten hours


def as_calendar(plan: Plan, *, now: datetime) -> bytes:
    """The file's content: one event for each item, one after the other, and the interview itself."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Footnote//Study plan//EN")
    calendar.add("version", "2.0")
    begins: dict[object, datetime] = {}
    for item in (*plan.items, *plan.cancelled):
        start = begins.get(item.day, datetime.combine(item.day, time(FIRST_HOUR)))
        end = start + timedelta(minutes=item.minutes)
        begins[item.day] = end
        event = Event()
        event.add("uid", item.uid)
        event.add("summary", f"✓ {item.title}" if item.done else item.title)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("sequence", plan.revision)
        if item in plan.cancelled:
            event.add("status", "CANCELLED")
        if item.source:
            event.add("description", item.source)
        calendar.add_component(event)
    interview = Event()
    interview.add("uid", "interview@footnote")
    interview.add("summary", "Interview")
    interview.add("dtstart", plan.wishes.interview)
    interview.add("dtstamp", now.astimezone(UTC))
    interview.add("sequence", plan.revision)
    calendar.add_component(interview)
    return bytes(calendar.to_ical())
