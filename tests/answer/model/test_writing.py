"""With a model the answer reads better and is never less true: what its sources don't say never reaches the screen."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answer.answers import Answer, Question, Turn
from answer.assistant import Assistant
from answer.model.author import Author
from answer.model.prompts import Prompt, tokens_of
from eval.scripted import MODELS
from eval.scripted import ScriptedModel as ScriptedModelOfEval
from index.settings import CHECKOUT, Settings
from index.store import IndexReader
from tests.answer.model.fakes import Script, ScriptedModel, evidence_of, number_of
from tests.answer.test_assistant import assert_contract

HIVE = "how long is the hive round?"


def written(apiary: Settings, said: Sequence[str] | Script, question: str = HIVE, *history: Turn) -> Answer:
    assistant = assistant_of(apiary, ScriptedModel(said))
    answer = assistant.ask(Question(question, history))
    assert_contract(answer, assistant)
    return answer


def assistant_of(apiary: Settings, model: ScriptedModel) -> Assistant:
    return Assistant(IndexReader(apiary), author=Author(model))


def told(text: str) -> Script:
    """A script in which {words} stands for the marker of the excerpt that holds these words; repairs give up."""

    def script(prompt: Prompt) -> str:
        if "<<EVIDENCE" not in prompt.user or "<<SENTENCE" in prompt.user:
            return "NOTHING"
        said = text
        while "{" in said:
            words = said[said.index("{") + 1 : said.index("}")]
            said = said.replace("{" + words + "}", f"[{number_of(prompt, words)}]")
        return said

    return script


def test_a_supported_answer_is_shown_in_the_models_words_with_the_guides_spans(apiary: Settings) -> None:
    answer = written(apiary, told("In the garden, the hive round lasts 75 minutes {lasts 75}. Expect smoke {calm}."))
    assert answer.composer == "model"
    assert answer.answer == "In the garden, the hive round lasts 75 minutes [1]. Expect smoke [2]."
    assert [cited.quote for cited in answer.citations] == [
        "The hive round lasts 75 minutes in the garden.",
        "Expect smoke, frames and a calm voice.",
    ]
    assert answer.writing is not None
    assert (answer.writing.model, answer.writing.called) == ("openai:scripted", "scripted-1")
    assert answer.writing.prompt.startswith("1-")
    assert answer.writing.usage["read"] == 10
    assert answer.as_json()["writing"]["dropped"] == ()


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The hive round lasts 90 minutes {lasts 75}.", "figure 90"),
        ("The hive round at Google lasts 75 minutes {lasts 75}.", "name googl"),
        ("The hive round does not last 75 minutes {lasts 75}.", "denies"),
        ("The hive round lasts 75 minutes [99].", "no source [99]"),
        ("The hive round lasts 75 minutes.", "names no source"),
        ("The hive round lasts 75 minutes `[1]`.", "names no source"),
        ("The hive round is mostly about honey wine {lasts 75}.", "not in the evidence"),
        ("The hive round lasts 75 minutes (https://evil.example) {lasts 75}.", "address"),
    ],
)
def test_a_sentence_its_source_does_not_say_is_left_out_and_why_is_kept(
    apiary: Settings, sentence: str, why: str
) -> None:
    good = "The hive round lasts 75 minutes in the garden {lasts 75}. Expect frames and a calm voice {calm}. "
    answer = written(apiary, told(good + sentence))
    assert answer.answer == "The hive round lasts 75 minutes in the garden [1]. Expect frames and a calm voice [2]."
    assert answer.writing is not None
    (dropped,) = answer.writing.dropped
    assert why in "; ".join(dropped.reasons)
    assert answer.notes[-1].startswith("1 of the model's sentences was left out")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("NOTHING", "found no answer"),
        ("", "found no answer"),
        ("The hive round lasts 75 minutes.", "named no source"),
        ("It takes two days [1]. Bring a tuba [1].", "none of its sentences"),
        ("The hive round lasts 80 minutes {lasts 75}. Expect smoke, frames and a calm voice {calm}.", "contradicts"),
        ("Expect smoke and frames {calm}. Bring wine {calm}. Sing {calm} loudly. Dance {calm} a waltz.", "only 1 of"),
        ("The hive round lasts 75 minutes {lasts 75}. <cut>", "broke off"),
    ],
)
def test_an_answer_that_does_not_hold_gives_way_to_the_guides_own_words(apiary: Settings, said: str, why: str) -> None:
    answer = written(apiary, told(said))
    assert answer.composer == "extractive"
    assert "lasts 75 minutes in the garden [1]." in answer.answer
    assert why in answer.notes[-1]
    assert answer.writing is not None


def test_a_sentence_that_failed_is_asked_for_once_more_and_put_in_its_place(apiary: Settings) -> None:
    def script(prompt: Prompt) -> str:
        mark = f"[{number_of(prompt, 'lasts 75')}]"
        if "<<SENTENCE" in prompt.user:
            assert "figure 57 minute is not in the evidence" in prompt.user
            return f"The hive round lasts 75 minutes {mark}."
        return f"The hive round takes place in the garden {mark}. The hive round lasts 57 minutes {mark}."

    answer = written(apiary, script)
    assert answer.composer == "model"
    assert answer.answer.endswith("The hive round lasts 75 minutes [1].")
    assert answer.writing is not None
    assert (answer.writing.repaired, answer.writing.dropped) == (1, ())


def test_a_disagreement_told_from_one_side_only_is_not_shown(apiary: Settings) -> None:
    question = "how long is the recruiter screen?"
    one = written(apiary, told("The recruiter screen at Quill Labs takes 20 minutes {takes 20}."), question)
    assert one.composer == "extractive"
    assert "one side only" in one.notes[-1]
    both = "At Quill Labs the recruiter screen takes 20 minutes {takes 20}. Buzzword Weekly gives 35 minutes {35 min}."
    answer = written(apiary, told(both), question)
    assert answer.composer == "model"
    assert sorted(position.citations for position in answer.disagreements[0].positions) == [(1,), (2,)]


def test_markup_links_and_images_of_a_model_are_only_words(apiary: Settings) -> None:
    said = (
        "The **hive round** ![lasts](https://evil.example/a.png?q=secret) [75 minutes](javascript:alert(1)) "
        "in the <b onclick=x>garden</b><script>alert(1)</script> {lasts 75}."
    )
    assert written(apiary, told(said)).answer == "The hive round lasts 75 minutes in the garden [1]."


def test_a_list_keeps_its_form_and_loses_only_what_fails(apiary: Settings) -> None:
    said = (
        "Four topics come up in the hive round:\n- Queen rearing and swarm control {Queen}\n"
        "- Motorcycle repair {Queen}\n- Winter feeding {Winter}\n"
    )
    answer = written(apiary, told(said), "what topics does the hive round cover?")
    assert answer.answer == "- Queen rearing and swarm control [1].\n- Winter feeding [2]."
    assert answer.notes[-1].startswith("1 of the model's sentences")  # the line that only introduces is not counted


def test_a_list_of_which_most_is_left_out_is_not_shown(apiary: Settings) -> None:
    answer = written(
        apiary, told("Winter feeding is one of the four topics {Winter}."), "what topics does the hive round cover?"
    )
    assert answer.composer == "extractive"
    assert "left out more than half" in answer.notes[-1]
    assert "Varroa mites" in answer.answer


def test_a_table_keeps_its_header_and_loses_the_row_with_the_wrong_cell(apiary: Settings) -> None:
    said = (
        "| Level | Base salary (USD) |\n|:--|--:|\n| 3 | 41,000 {41,000} |\n| 4 | 52,500 {52,500} |\n"
        "| 5 | 7,250 {63,000} |\n"
    )
    assert written(apiary, told(said), "give me the whole pay table").answer.splitlines() == [
        "| Level | Base salary (USD) |",
        "| --- | --- |",
        "| 3 | 41,000 [1] |",
        "| 4 | 52,500 [2] |",
    ]


def test_headings_are_left_out_without_counting_against_the_answer(apiary: Settings) -> None:
    said = "# Hive\n\n## How long\n\nThe hive round lasts 75 minutes in the garden {lasts 75}.\n\n### Why\n"
    answer = written(apiary, told(said))
    assert answer.answer == "The hive round lasts 75 minutes in the garden [1]."
    assert answer.notes == ()
    assert answer.writing is not None
    assert [dropped.text for dropped in answer.writing.dropped] == ["Hive", "How long", "Why"]


def test_a_refusal_never_goes_to_a_model(apiary: Settings) -> None:
    model = ScriptedModel(["Sure, it is 5,000 [1]."])
    answer = assistant_of(apiary, model).ask(Question("base salary at level 9"))
    assert answer.abstained
    assert answer.writing is None
    assert model.prompts == []


def test_a_first_sentence_is_shown_as_soon_as_the_model_has_written_it(apiary: Settings) -> None:
    said = told(
        "The hive round lasts 75 minutes in the garden {lasts 75}.<pause> Expect smoke, frames and a calm voice {calm}."
    )
    assistant = assistant_of(apiary, ScriptedModel(said, pause=1.5))
    assistant.ask(Question(HIVE))  # warm
    stream = assistant.stream(Question(HIVE))
    begun = time.perf_counter()
    pieces = iter(stream)
    assert next(pieces) == "The hive round lasts 75 minutes in the garden [1]."
    assert time.perf_counter() - begun < 0.3
    assert stream.last.citations[0].quote == "The hive round lasts 75 minutes in the garden."
    assert "".join(pieces).strip() == "Expect smoke, frames and a calm voice [2]."


def test_closing_the_stream_ends_the_model_and_keeps_what_was_verified(apiary: Settings) -> None:
    said = "The hive round lasts 75 minutes in the garden [1]." + " Expect smoke, frames and a calm voice [2]." * 9
    model = ScriptedModel([said])
    stream = assistant_of(apiary, model).stream(Question(HIVE))
    pieces = iter(stream)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert model.pieces[-1].is_closed
    assert stream.last.answer == "The hive round lasts 75 minutes in the garden [1]."
    assert stream.last.notes[-1].startswith("Stopped")


def test_a_follow_up_is_told_by_the_model_in_words_of_the_conversation_only(apiary: Settings) -> None:
    turn = Turn("level 4 base salary", "52,500 [1].")
    for said, standalone in [
        ("What is the base salary at level 5?", "What is the base salary at level 5?"),
        ("What does Google pay at level 5?", "level 5 base salary"),
        ("", "level 5 base salary"),
    ]:
        answer = written(apiary, [said, "NOTHING"], "and at level 5?", turn)
        assert answer.standalone_question == standalone
        assert "63,000" in answer.answer


def test_the_evidence_fits_into_what_the_model_reads(apiary: Settings) -> None:
    model = ScriptedModel(["NOTHING"])
    assistant = assistant_of(apiary, model)
    assistant.ask(Question(HIVE))
    whole = len(evidence_of(model.prompts[-1]))
    model.context_tokens = 1600
    assistant.ask(Question(HIVE))
    prompt = model.prompts[-1]
    assert 1 <= len(evidence_of(prompt)) < whole
    assert tokens_of(prompt.system + prompt.user) <= model.context_tokens - model.answer_tokens


@pytest.mark.parametrize("name", MODELS)
def test_no_scripted_model_makes_an_answer_less_true(apiary: Settings, assistant: Assistant, name: str) -> None:
    written_by = Assistant(IndexReader(apiary), author=Author(ScriptedModelOfEval(name, MODELS[name])))
    for text in (
        HIVE,
        "level 4 base salary",
        "how long is the recruiter screen?",
        "explain the bee dance",
        "sourdough?",
    ):
        plain, answer = assistant.ask(Question(text)), written_by.ask(Question(text))
        assert_contract(answer, written_by)
        assert answer.abstained == plain.abstained
        assert answer.composer == "extractive" or name in ("faithful", "careless")
        assert not {"1987", "Google", "secret", "42"} & set(answer.answer.replace(".", " ").split())
        if answer.composer == "extractive":
            assert answer.answer == plain.answer


PIECES = st.sampled_from(
    [
        "The hive round lasts 75 minutes in the garden", "Expect smoke, frames and a calm voice", "Winter feeding",
        "not", "90 minutes", "Google", " [1]", "[2].", " [1][2]!", "[99]", "[", "]", "\n", "\n\n", "- ", "1. ", "| ", " |",
        "|---|---|\n", "```\n", "`", "# ", "> ", "**", "<b>", "</script>", "![x](http://e.example)", "$x$", ". ", "? ", ": ",
        "\u202e", "[^1]", "【1†x】", "NOTHING", "e.g. ", "\\[1\\]", "&lt;", "😀",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25))
def test_whatever_a_model_writes_the_answer_keeps_the_contract(apiary: Settings, pieces: list[str]) -> None:
    answer = written(apiary, ["".join(pieces), "".join(reversed(pieces))])
    assert not {"90", "Google"} & set(re.findall(r"\w+", answer.answer))
    assert "e.example" not in answer.answer
    assert "\u202e" not in answer.answer


def test_without_a_model_nothing_of_it_is_imported(apiary: Settings) -> None:
    code = (
        "import sys\nfrom answer.__main__ import command\n"
        f"command(['how long is the hive round', '--home', {str(apiary.home)!r}, '--json'], standalone_mode=False)\n"
        "loaded = [name for name in sys.modules if name.split('.')[0] in ('openai', 'httpx', 'anthropic')"
        " or name.startswith(('answer.model', 'llama_index.llms'))]\nassert not loaded, loaded\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert done.returncode == 0, done.stderr
    assert '"composer": "extractive"' in done.stdout
    assert '"writing"' not in done.stdout
