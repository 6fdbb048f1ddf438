"""A small made-up corpus, published once, and an assistant over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from answer.assistant import Assistant
from index.settings import Settings
from ingest.pipeline import synchronise

QUILL = """\
---
title: Quill Labs beekeeper interview
publisher: Apiary Press
updated: 2031-05-02
company: Quill Labs
role: Beekeeper
---

# Quill Labs beekeeper interview

## Interview rounds

### Recruiter screen

The recruiter screen at Quill Labs takes 20 minutes by phone. It checks motivation and allergies.

### Hive round

The hive round lasts 75 minutes in the garden. Expect smoke, frames and a calm voice. Its tasks are medium-to-hard.

### Trial day

A trial day at Quill Labs takes 6 hours with a break.

## Topics of the hive round

The hive round covers four topics:

- Queen rearing and swarm control
- Varroa mites
- Honey extraction
- Winter feeding

## Pay

| Level | Base salary (USD) | Bonus (USD) |
|---|---|---|
| 3 | 41,000 | 2,000 |
| 4 | 52,500 | 4,500 |
| 5 | 63,000 | 7,250 |

## Common mistakes

- Wearing perfume near the hive.
- Moving too fast at the entrance.
- Naming a tool before asking what the colony needs.

## Smoke or sugar water

Use smoke when:

- the colony is strong
- honey is being taken

Use sugar water when:

- the colony is small

## Further reading

- [Swarm clocks, how bees keep time](https://example.org/swarm-clocks)
- [Smoke or sugar water, a comparison](https://example.org/smoke)

## Pollen

There are three pollen baskets in the trade. They are:

- willow
- hazel
- reed

A footnote in this guide pretends to be a source [7].
"""
BUZZ = """\
Buzzword Weekly

Beekeeper Interview Guide 2031

Updated Mar 4, 2031

How the loop runs

The loop of a commercial apiary has three rounds and ends with a tasting.

Recruiter screen (35 min)

Logistics, pay and an honest talk about stings.

Tasting round (50 min)

You taste six honeys blind and describe each of them in one sentence.

Trial day

The trial day of a beekeeper lasts 6 hours.

What the judges look for

The judges of a commercial apiary look for three things. First, calm hands, for haste costs stings. Second, clean notes on
every frame. Third, an honest word about losses. The thread through all three is patience.

FAQ

Q: Do I need my own suit?

A: No. The apiary lends a suit and gloves to every candidate.

© 2031 Buzzword Weekly. All rights reserved.
"""
NOTE = """\
---
title: Waggle dance
topic: Machine learning fundamentals
aliases: [bee dance, dance language]
updated: 2031-01-01
---

# Waggle dance

## Definition

The waggle dance is a figure-of-eight movement by which a forager tells the colony where food is. The angle of the
waggle run gives the direction relative to the sun.

## Mathematics

For a run of some seconds the food lies at a distance of

$$d = 1000\\,t$$

where $t$ is the duration of the run.

## Trade-offs

A longer waggle run means a more distant source, and one second stands for about one kilometre.

## Common mistakes

Candidates confuse the waggle dance with the round dance, which is used for food within 50 metres.
"""
OTHER_NOTE = """\
---
title: Pollen basket
topic: Anatomy
updated: 2031-01-01
---

# Pollen basket

## Definition

A pollen basket is a hollow on the hind leg in which a forager carries pollen home.
"""
BANK = """\
- id: explain-the-waggle-dance
  title: Explain the waggle dance and its limits
  prompt: Say what the waggle dance encodes and how distance is read from it.
  category: Machine Learning
  difficulty: Medium
  round: ML fundamentals
  company: Quill Labs
  minutes: 10
  key_points:
    - point: The angle of the waggle run gives the direction relative to the sun.
      source: notes/waggle-dance.md#Definition
    - point: One second of waggle run stands for about one kilometre.
      source: notes/waggle-dance.md#Trade-offs
    - point: The round dance is used for food within 50 metres.
      source: notes/waggle-dance.md#Common mistakes
  outline:
    - Secret outline that only practice shows.
- id: design-an-apiary
  title: Design an apiary for a windy island
  prompt: Plan a solution for where hives stand, how they are fed in winter and how losses are monitored.
  category: ML System Design
  difficulty: Hard
  round: ML system design
  key_points:
    - point: Winter feeding is one of the topics of the hive round.
      source: guides/quill.md#Topics of the hive round
"""


@pytest.fixture(scope="session")
def apiary(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """The settings of a home whose index holds the made-up corpus."""
    folder = tmp_path_factory.mktemp("corpus")
    files = {
        "guides/quill.md": QUILL,
        "guides/buzz.txt": BUZZ,
        "notes/waggle-dance.md": NOTE,
        "notes/pollen-basket.md": OTHER_NOTE,
        "questions/bees.yaml": BANK,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    home = tmp_path_factory.mktemp("home")
    (home / "models").symlink_to(models)
    settings = Settings(home=home)
    synchronise(settings, [folder])
    return settings


@pytest.fixture(scope="session")
def assistant(apiary: Settings) -> Assistant:
    """An assistant over the made-up corpus."""
    return Assistant.open(apiary)
