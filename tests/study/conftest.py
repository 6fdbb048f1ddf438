"""A small corpus of our own, published once for all study tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.settings import Settings
from index.store import Index
from study.grading import Grader

NOTE = """---
title: Kite weather
topic: Flying
---

# Kite weather

## Wind

A kite needs a steady wind of 12 to 20 kilometres an hour to stay in the air.
Gusty wind makes the line slacken and snap tight, which breaks light spars.

## Line

A longer line puts the kite into steadier wind, because the ground slows the air near it.
A wet line conducts electricity, so nobody flies a kite in a thunderstorm.
"""
QUESTIONS = """- id: fly-a-kite
  title: Say when and how to fly a kite
  prompt: Which weather suits a kite, and what does the line have to do with it?
  category: Statistics & Experimentation
  difficulty: Easy
  round: Phone screen
  minutes: 5
  key_points:
    - point: A kite needs a steady wind of 12 to 20 kilometres an hour.
      source: notes/kite-weather.md#Wind
    - point: Gusty wind makes the line slacken and snap tight, which breaks light spars.
      source: notes/kite-weather.md#Wind
    - point: A longer line puts the kite into steadier wind.
      source: notes/kite-weather.md#Line
    - point: A wet line conducts electricity, so a kite is not flown in a thunderstorm.
      source: notes/kite-weather.md#Line
  outline:
    - Name the wind.
    - Say what gusts do.
  hints:
    - Think of the air near the ground.
    - Think of rain.
  follow_ups:
    - What would you change on a day without wind?
  mistakes:
    - Saying that gusts help a kite to rise.
- id: choose-a-spar
  title: Choose the spars
  prompt: Which material would you take for the spars of a small kite?
  category: Statistics & Experimentation
  difficulty: Medium
  round: Coding
  company: Acme
  minutes: 8
  key_points:
    - point: Gusty wind breaks light spars.
      source: notes/kite-weather.md#Wind
"""
GUIDE = """---
title: Kite pilot interviews
publisher: Windward
company: Acme
role: Kite Pilot
---

# Kite pilot interviews

## Rounds

| Round | Length | Focus |
|---|---|---|
| Phone screen | 30 minutes | wind and weather |
| Coding | 45 minutes | spars and knots |

## Schedule

Six weeks of preparation, eight hours each, are enough for most pilots.

| Week | Work |
|---|---|
| 1 | practise questions from a bank of questions |
| 2 | full mock interviews with feedback |
"""
GOOD = (
    "It takes a steady breeze, about 12 to 20 km per hour. Gusts let the line go slack and then jerk it tight, which "
    "snaps light spars. A longer line lets the kite reach steadier wind. A wet line conducts electricity, so I "
    "never fly in a thunderstorm."
)
WRONG = (
    "Gusty wind is best for a kite, since it keeps the line tight and never breaks light spars. A shorter line puts "
    "the kite into steadier wind. A wet line does not conduct electricity, so a thunderstorm is a fine time to fly."
)


def write_corpus(folder: Path) -> Path:
    """The small corpus, as files."""
    for name, text in (
        ("notes/kite-weather.md", NOTE),
        ("questions/kites.yaml", QUESTIONS),
        ("guides/pilot.md", GUIDE),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def kite_settings(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """A home in which the small corpus is published."""
    from ingest.pipeline import synchronise

    home = tmp_path_factory.mktemp("kites")
    (home / "models").symlink_to(models)
    corpus = write_corpus(home / "corpus")
    settings = Settings(home=home, corpus=corpus)
    synchronise(settings, [corpus])
    return settings


@pytest.fixture(scope="session")
def kites(kite_settings: Settings) -> Index:
    return Index.open(kite_settings)


@pytest.fixture(scope="session")
def grader(kites: Index) -> Grader:
    return Grader(kites)
