"""What the commands do, without printing: each gives back a text for people and an object for `--json`.

Heavy parts are imported where they are used, so that `python -m eval --help` stays instant.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from eval.errors import BadCase
from index.options import settings_of

if TYPE_CHECKING:
    from tqdm import tqdm

    from eval.cases import Case
    from eval.claims import Remembering
    from eval.speed.measuring import Wanted

Split = Literal["tune", "report"]  # of the cases
Part = Literal["report", "fresh", "tune"]  # of the labelled practice answers


@dataclass(frozen=True, slots=True)
class Shown:
    """A command's result; `failed` is exit code 1."""

    text: str
    content: Any = field(default_factory=dict)
    failed: bool = False


def run(
    home: Path | None,
    paths: Sequence[Path] | None,
    *,
    workers: int = 2,
    resume: str | None = None,
    split: Split | None = None,
    quiet: bool = False,
) -> Shown:
    """Answer all cases with our assistant and store a run."""
    from tqdm import tqdm

    from eval.running import Engine, code_revision, digest_of, footnote, run_cases
    from eval.runs import Run, RunStore
    from eval.tables import summary_table

    settings, cases = settings_of(home), _cases(paths, split)
    engine: Engine = footnote(settings)
    store = RunStore(settings.home)
    name = resume or store.next_name()
    made_on = {"embedder": settings.embedder, "model": settings.model, "workers": workers, "split": split}
    created = store.load(name).created if resume else datetime.now(UTC).isoformat(timespec="seconds")
    made = Run(
        name, created, engine.name, engine.corpus, code_revision(), digest_of(cases), len(cases), settings=made_on
    )
    with tqdm(total=len(cases), desc="cases", unit="", disable=quiet or not sys.stderr.isatty()) as bar:
        summaries = run_cases(cases, engine, store, made, workers=workers, tell=lambda done: _move(bar, done))
    text = f"Run {name}: {len(cases)} cases, corpus {made.corpus}, code {made.revision}\n{summary_table(summaries)}"
    return Shown(text, {"run": asdict(made), "summaries": [asdict(summary) for summary in summaries]})


def runs(home: Path | None) -> Shown:
    """The stored runs, oldest first."""
    from eval.runs import RunStore

    store = RunStore(settings_of(home).home)
    found = [store.load(name) for name in store.names()]
    lines = [
        f"{made.name}  {made.created}  {made.engine}  {made.count} cases  corpus {made.corpus}  code {made.revision}"
        + ("" if made.finished else "  (stopped)")
        for made in found
    ]
    return Shown("\n".join(lines) or "No runs yet: python -m eval run", [asdict(made) for made in found])


def report(home: Path | None, name: str | None, out: Path | None) -> Shown:
    """Write a run's report as HTML and Markdown."""
    from eval.report import write_report
    from eval.runs import RunStore

    store = RunStore(settings_of(home).home)
    files = write_report(store, name or store.latest(), out)
    return Shown("\n".join(f"Wrote {file}" for file in files), {"files": [str(file) for file in files]})


def compare(home: Path | None, names: tuple[str, str], *, worse: int, any_corpus: bool) -> Shown:
    """Two runs row by row."""
    from eval.comparing import compare as compared
    from eval.comparing import compare_rows
    from eval.runs import RunStore
    from eval.tables import comparison_text

    store = RunStore(settings_of(home).home)
    (first, second), rows = (store.load(name) for name in names), [store.rows(name) for name in names]
    found = compare_rows(*rows) if any_corpus else compared((first, rows[0]), (second, rows[1]))
    return Shown(comparison_text(found), asdict(found), failed=len(found.worse) > worse)


def gate(home: Path | None, name: str | None, thresholds: Path | None, against: str | None) -> Shown:
    """Figures against their thresholds, and rows against an earlier run."""
    from eval.comparing import THRESHOLDS, compare_rows, missed, read_thresholds
    from eval.runs import RunStore
    from eval.scoring import summarise

    store = RunStore(settings_of(home).home)
    rows = store.rows(name or store.latest())
    below = missed(summarise(rows), read_thresholds(thresholds or THRESHOLDS))
    lost = compare_rows(store.rows(against), rows).worse if against else ()
    lines = [
        f"{low.kind}: {low.metric} is {'missing' if low.got is None else f'{low.got:.3f}'}, wanted {low.wanted:g}"
        for low in below
    ]
    lines += [f"lost: {row.case} ({row.kind}): {row.after}" for row in lost]
    content = {"below": [asdict(low) for low in below], "lost": [asdict(row) for row in lost]}
    return Shown("\n".join(lines) or "All thresholds are reached.", content, failed=bool(lines))


def check(paths: Sequence[Path] | None, corpus: Path | None) -> Shown:
    """Every quote in its guide, every nugget in its evidence."""
    from eval.cases import check_cases, texts_of

    cases = _cases(paths)
    folder = corpus or settings_of(None).corpus
    found = list(check_cases(cases, texts_of(folder)))
    lines = [f"{'stale' if item.stale else 'wrong'}: {item.case}: {item.says}" for item in found]
    wrong = sum(not item.stale for item in found)
    lines.append(f"{len(cases)} cases, {wrong} wrong, {len({item.case for item in found if item.stale})} stale")
    return Shown("\n".join(lines), {"cases": len(cases), "found": [asdict(item) for item in found]}, failed=wrong > 0)


def support(batch: str, home: Path | None, *, semantic: bool) -> Iterator[str]:
    """One verdict line for each line of a batch."""
    from answer.support import judge

    embedder = _embedder(home) if semantic else None
    for number, line in enumerate(_lines(batch), start=1):
        try:
            row = json.loads(line)
            claim, evidence = str(row["claim"]), [str(text) for text in row["evidence"]]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise BadCase(f'{batch}:{number}: wanted {{"id", "claim", "evidence": [texts]}} ({error}).') from error
        verdict = judge(claim, evidence, embedder=embedder)
        yield json.dumps({"id": row.get("id", str(number)), **asdict(verdict)}, ensure_ascii=False)


def _embedder(home: Path | None) -> Remembering:
    from eval.claims import Remembering
    from index.embedding import load_embedder

    return Remembering(load_embedder(settings_of(home)))


def claims(files: Sequence[Path] | None, home: Path | None, *, semantic: bool, learn: bool) -> Shown:
    """The checker on labelled claims, or the weights that it learns from them."""
    from eval.claims import SHIPPED, judge_claims, learn_weights, read_claims, strayed
    from eval.tables import claims_table

    embedder = _embedder(home) if semantic else None
    found = read_claims(files or SHIPPED)
    found = (*found, *strayed(found))
    if learn:
        weights = asdict(learn_weights(found, embedder=embedder))
        return Shown(json.dumps(weights, indent=1), weights)
    judged = judge_claims(found, embedder=embedder)
    return Shown(claims_table(judged), [asdict(each) for each in judged])


def mutate(home: Path | None, paths: Sequence[Path] | None) -> Shown:
    """How often the metrics see damage that was done on purpose."""
    from eval.cases import texts_of
    from eval.mutations import detection
    from eval.runs import RunStore
    from eval.tables import detection_table

    settings = settings_of(home)
    found = detection(_cases(paths), texts_of(settings.corpus))
    RunStore(settings.home).keep("mutations", [asdict(row) for row in found])
    return Shown(detection_table(found), [asdict(row) for row in found])


def peers(home: Path | None, paths: Sequence[Path] | None, *, quiet: bool) -> Shown:
    """Our assistant and the stock stacks over the same cases."""
    from eval.peers import against_peers
    from eval.runs import RunStore
    from eval.tables import peers_table

    settings = settings_of(home)
    found = against_peers(_cases(paths), settings, tell=None if quiet else _tell)
    content = {name: [asdict(summary) for summary in given] for name, given in found.items()}
    RunStore(settings.home).keep("peers", {"table": peers_table(found), "engines": content})
    return Shown(peers_table(found), content)


def sweep(
    home: Path | None, paths: Sequence[Path] | None, weights: Sequence[str], sizes: Sequence[int], models: Sequence[str]
) -> Shown:
    """Settings of search and index against evidence recall."""
    from eval.sweeps import parse_grid, sweep_built, sweep_weights
    from eval.tables import sweep_table

    cases, settings, grid = _cases(paths), settings_of(home), parse_grid(weights)
    built = partial(sweep_built, sizes=sizes, models=models) if sizes or models else sweep_weights
    found = built(cases, settings, grid)
    return Shown(sweep_table(found), [asdict(row) for row in found])


def learn(home: Path | None, paths: Sequence[Path] | None, *, keep: bool = False) -> Shown:
    """The weights and the gate that the labelled cases teach, with the gate's curve; kept in the repository if asked."""
    from answer.assistant import Assistant
    from eval.calibration import keep_calibration
    from eval.learning import learn as learn_from

    found = learn_from(_cases(paths), Assistant.open(settings_of(home), composer="extractive"))
    if keep:
        keep_calibration(found)
    return Shown(json.dumps(asdict(found), indent=1), asdict(found))


def judging_plan(home: Path | None, name: str | None, *, repeats: int, limit: int) -> Shown:
    """What judging a run with the configured model will take."""
    from eval.judging import plan_of
    from eval.runs import RunStore

    settings = settings_of(home)
    store = RunStore(settings.home)
    plan = plan_of(store.rows(name or store.latest()), settings, repeats=repeats, limit=limit)
    return Shown(plan.says, asdict(plan))


def judge(home: Path | None, name: str | None, *, repeats: int, limit: int) -> Shown:
    """Model-judged metrics of a stored run."""
    from eval.judging import judge_run
    from eval.runs import RunStore
    from eval.tables import judged_table

    settings = settings_of(home)
    store = RunStore(settings.home)
    found = judge_run(store, name or store.latest(), settings, repeats=repeats, limit=limit)
    return Shown(judged_table(found), [asdict(row) for row in found])


def grading(home: Path | None, part: Part) -> Shown:
    """How well the grading of practice answers agrees with the labelled ones."""
    from eval.grading_cases import grade_all, load_answers, measure
    from eval.grading_fit import graded_without
    from study.grading import Grader

    answers = load_answers(part=part)
    grader, grade = Grader.open(settings_of(home)), graded_without if part == "tune" else grade_all
    began = time.perf_counter()
    found = measure(grade(grader, answers))
    each = (time.perf_counter() - began) * 1000 / len(answers)
    levels = "\n".join(f"{kind:<10} {counts}" for kind, counts in found.levels.items())
    text = (
        f"{found.answers} answers, {found.points} key points. F1: covered {found.covered:.3f}, missed {found.missed:.3f}, "
        f"contradicted {found.contradicted:.3f}; {each:.0f} ms an answer, its question made ready included\n{levels}"
    )
    return Shown(text, found.as_json() | {"ms_an_answer": round(each, 1)})


def speed(home: Path | None, wanted: Wanted, *, quiet: bool = False) -> Shown:
    """Ours beside the stock stack, here and now."""
    from eval.speed.measuring import measure_speed
    from eval.speed.table import speed_table

    found = measure_speed(settings_of(home), _cases(None), wanted, tell=_silent if quiet else _tell)
    return Shown(speed_table(found), [asdict(part) for part in found])


def _cases(paths: Sequence[Path] | None, split: Split | None = None) -> tuple[Case, ...]:
    from eval.cases import GOLD, read_cases

    cases = tuple(case for case in read_cases(paths or [GOLD]) if split in (None, case.split))
    if split and not cases:
        raise BadCase(f'No case has the split {split}: leave --split out, or write "split": "{split}" in the cases.')
    return cases


def _lines(batch: str) -> Iterator[str]:
    if batch == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        text = Path(batch).read_text(encoding="utf-8")
    except OSError as error:
        raise BadCase(f"{batch}: cannot be read ({error.strerror}); name a .jsonl file, or - for input.") from error
    yield from (line for line in text.splitlines() if line.strip())


def _move(bar: tqdm[Any], done: int) -> None:
    bar.update(done - bar.n)


def _tell(what: str) -> None:
    sys.stderr.write(what + "\n")


def _silent(_: str) -> None:
    """Tells nobody."""


def models(
    home: Path | None, paths: Sequence[Path] | None, *, split: Split | None, configured: bool, quiet: bool
) -> Shown:
    """The same cases without a model and with each scripted one. Fails where refusals or citations get worse."""
    from eval.scripted import beside_models, no_worse
    from eval.tables import peers_table

    tell = None if quiet else _tell
    found = beside_models(_cases(paths, split), settings_of(home), configured=configured, tell=tell)
    content = {name: [asdict(summary) for summary in given] for name, given in found.items()}
    worse = no_worse(found)
    return Shown("\n\n".join([peers_table(found), *worse]), content, failed=bool(worse))


def blocked(home: Path | None, paths: Sequence[Path] | None, *, split: Split | None, wrong: bool) -> Shown:
    """Damaged sentences of a model that are blocked, and true ones that are lost. Fails where they are too few or many."""
    from answer.assistant import Assistant
    from answer.model.strictness import ProperNames
    from eval.blocking import answer_lines, blocked, corpus_sentences, retold

    assistant = Assistant.open(settings_of(home), composer="extractive")
    index = assistant.index
    guides = [index.guide(info.path) for info in sorted(index.guides(), key=lambda info: info.path)]
    cases = [case for case in _cases(paths, split) if case.answerable and case.kind != "bank"]
    told = [
        *corpus_sentences(guides, most=600),
        *answer_lines(assistant, cases),
        *retold(index.guide, split=split),
    ]
    found = blocked(told, ProperNames.of(guide.text for guide in guides))
    lines = [
        f"{row.kind:14} {row.share:6.3f} of {row.tried:5}{'' if row.is_enough else '  too ' + _how(row.kind)}"
        for row in found
    ]
    if wrong:
        lines += [f"{row.kind}: {each}" for row in found for each in row.wrong]
    return Shown("\n".join(lines), [asdict(row) for row in found], failed=not all(row.is_enough for row in found))


def _how(kind: str) -> str:
    return "many lost" if kind.startswith("true") else "few blocked"


def structure(folder: Path | None, *, misses: bool, untuned: bool) -> Shown:
    """Precision and recall of each kind of structure over labelled files, tuned and untuned apart."""
    from eval.structure import GOLD, load_labelled, score_file, total
    from eval.tables import structure_table

    scores = [score_file(labelled) for labelled in load_labelled(folder or GOLD)]
    splits = {split: [score for score in scores if score.split == split] for split in ("tuned", "untuned")}
    totals = {split: total(chosen) for split, chosen in splits.items() if chosen}
    lines = [structure_table({split: (len(splits[split]), tallies) for split, tallies in totals.items()})]
    named = [score for score in scores if untuned or score.split == "tuned"] if misses else []
    lines += [f"{score.name}: {kind} {sign} {words}" for score in named for kind, sign, words in score.misses]
    content = {
        split: {
            "files": len(splits[split]),
            **{
                kind: {**asdict(tally), "precision": tally.precision, "recall": tally.recall}
                for kind, tally in tallies.items()
            },
        }
        for split, tallies in totals.items()
    }
    return Shown("\n".join(lines), content)
