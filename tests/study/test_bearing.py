"""A statement's bearing on a point: what it denies, turns round or adds is measured."""

from __future__ import annotations

from study.bearing import Bearing, bearing_of

POINT = "A wet sail pulls harder than a dry one."
SOURCE = ["Wet cloth lets less air through, so the sail pulls harder."]


def bearing(said: str, *, prompt: str = "Why wet a sail?") -> Bearing:
    return bearing_of(POINT, said, SOURCE, prompt)


def test_the_point_itself_is_not_against_itself() -> None:
    same = bearing(POINT)
    assert (same.turned, same.against, same.flipped, same.denial, same.sided, same.absolute) == (0, 0, 0, 0, 0, 0)
    assert same.doubted < 0 and not same.contradicted


def test_a_denial_and_an_opposite_are_against_it() -> None:
    assert bearing("A wet sail does not pull harder.").denies == 1
    assert bearing("A wet sail pulls easier than a dry one.").turned >= 1


def test_sides_nobody_told_are_counted_and_those_of_the_prompt_are_not() -> None:
    said = "Wetting a sail is harmless."
    assert bearing(said).sided == 1
    assert bearing(said, prompt="Is wetting a sail harmless?").sided == 0
    assert bearing("Wetting a sail is not harmless.").sided_denied == 1


def test_absolutes_that_the_source_does_not_have_are_counted() -> None:
    assert bearing("A wet sail always pulls harder, without exception.").absolute == 2
