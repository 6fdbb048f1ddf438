"""The command's parts, one after the other; what each finds is kept in the home, so that the report shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.cases import Case
from eval.running import fingerprint
from eval.runs import RunStore
from eval.speed.corpus import Bench, measure_corpus
from eval.speed.figures import Part, part_of
from eval.speed.processes import task
from eval.speed.sessions import measure_sessions
from eval.speed.sizes import measure_size
from index.settings import Settings
from index.store import Index

KEPT = "speed"
ASKED = 40  # questions of the cases that warm search is measured on
Tell = Callable[[str], None]


def kept_parts(store: RunStore) -> tuple[Part, ...]:
    """What was measured in this home so far."""
    return tuple(map(part_of, store.kept(KEPT) or ()))


def keep_parts(store: RunStore, measured: Sequence[Part]) -> tuple[Part, ...]:
    """Puts parts beside those kept before, in place of ones of the same name."""
    parts = {part.name: part for part in (*kept_parts(store), *measured)}
    store.keep(KEPT, [asdict(part) for part in parts.values()])
    return tuple(parts.values())


def bench_of(settings: Settings, cases: Sequence[Case], work: Path, *, repeats: int, tell: Tell) -> Bench:
    """What is to be measured; the stock stack's index of the corpus is built once for each state of the corpus."""
    questions = [case.question for case in cases if not case.history]
    index = Index.open(settings)
    mark = fingerprint(sorted((info.path, info.revision) for info in index.guides()))
    stock = settings.home / "speed" / f"stock-{mark}"
    if not (stock / "bm25").exists():
        tell("building the stock stack's index of the corpus …")
        task("stock-build", folder=settings.corpus, home=stock)
    return Bench(settings, stock, work, tuple(questions[:: max(1, len(questions) // ASKED)][:ASKED]), repeats)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to measure: the corpus unless something else is named; sizes in passages; numbers of sessions."""

    passages: tuple[int, ...] = ()
    sessions: tuple[int, ...] = ()
    leaves: int = 0
    repeats: int = 3

    @property
    def corpus(self) -> bool:
        """Whether the corpus itself is measured."""
        return not (self.passages or self.sessions or self.leaves)


def measure_speed(settings: Settings, cases: Sequence[Case], wanted: Wanted, *, tell: Tell) -> tuple[Part, ...]:
    """The parts that are wanted, measured now and kept."""
    store = RunStore(settings.home)
    measured: list[Part] = []

    def add(part: Part) -> None:
        measured.append(part)
        keep_parts(store, [part])

    with TemporaryDirectory(prefix="footnote-speed-") as work:
        bench = bench_of(settings, cases, Path(work), repeats=wanted.repeats, tell=tell)
        if wanted.corpus:
            tell("measuring the corpus …")
            add(measure_corpus(bench))
        for passages in wanted.passages:
            tell(f"measuring {passages:,} passages …")
            add(measure_size(bench, passages))
        if not wanted.corpus and (wanted.sessions or wanted.leaves):
            tell("measuring sessions …")
            add(measure_sessions(bench, wanted.sessions, wanted.leaves))
    return tuple(measured)
