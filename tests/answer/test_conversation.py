"""A follow-up is turned into a question that stands alone; a new subject starts anew."""

from __future__ import annotations

import pytest

from answer.answers import Turn
from answer.conversation import standalone_question

COMPANIES = {"microsoft", "google"}


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        ("level 63 base salary?", "and at level 64?", "level 64 base salary?"),
        (
            "what topics come up in the ML fundamentals round?",
            "and for the behavioural round?",
            "what topics come up in the behavioural round?",
        ),
        (
            "what topics come up in the ML fundamentals round?",
            "how long is it?",
            "how long is the ML fundamentals round?",
        ),
        ("how long is the onsite at Microsoft", "what about Google?", "how long is the onsite at Google"),
        (
            "tell me about the online assessment at Microsoft",
            "who runs that round?",
            "who runs the online assessment at Microsoft?",
        ),
        ("what is week 3 of the plan about?", "and week 4?", "what is week 4 of the plan about?"),
        ("explain LoRA", "how does it affect cost?", "how does LoRA affect cost?"),
        (
            "how long is the recruiter screen at Microsoft?",
            "and how long is the behavioural round?",
            "how long is the behavioural round at Microsoft?",
        ),
        ("what is the median bonus for level 62", "equity?", "what is the equity for level 62"),
        ("what is RAG?", "what is the bias-variance tradeoff?", "what is the bias-variance tradeoff?"),
        ("compare RLHF and DPO", "level 63 pay", "level 63 pay"),
        ("explain dropout", "what is LoRA?", "what is LoRA?"),
        ("what is the base salary at level 63?", "what is the bonus?", "what is the bonus (level 63)?"),
        ("what is RAG", "and LoRA?", "what is LoRA"),
        ("how long is the recruiter screen at Microsoft", "and the onsite?", "how long is the onsite at Microsoft"),
        ("compare RLHF and DPO", "rotary position embedding variants", "rotary position embedding variants"),
        ("what is week 3 of the plan about?", "week 4", "what is week 4 of the plan about?"),
    ],
)
def test_a_follow_up_stands_alone(before: str, follow_up: str, standalone: str) -> None:
    resolved = standalone_question(follow_up, [Turn(before)], is_company=lambda name: name.lower() in COMPANIES)
    assert resolved == standalone


def test_what_is_spoken_of_carries_over_where_a_question_only_points_at_it() -> None:
    turns = [Turn("what is a queen cup?"), Turn("why is it slow to fill?")]
    resolved = standalone_question("what should I use instead of it", turns, is_company=lambda name: False)
    assert resolved == "what should I use instead of a queen cup"


def test_thanks_leave_what_is_spoken_of_as_it_is() -> None:
    turns = [Turn("explain smoking"), Turn("thanks!"), Turn("ok")]
    assert standalone_question("and its drawbacks?", turns, is_company=lambda name: False) == "drawbacks of smoking?"


def test_a_company_alone_takes_the_place_of_the_other() -> None:
    is_company = {"microsoft", "google"}.__contains__
    for before, follow_up, standalone in (
        ("microsoft rounds", "google", "google rounds"),
        ("microsoft rounds", "what about pay", "pay at microsoft?"),
        ("what does microsoft ask", "and google?", "what does google ask"),
    ):
        assert standalone_question(follow_up, [Turn(before)], is_company=is_company) == standalone


def test_what_was_resolved_carries_over_to_the_next_turn() -> None:
    turns = [Turn("level 61 base salary?"), Turn("and at level 62?")]
    resolved = standalone_question("and at level 63?", turns, is_company=lambda name: False)
    assert resolved == "level 63 base salary?"


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        ("explain dropout", "who won the world cup?", "who won the world cup?"),
        (
            "how long is the recruiter screen at Microsoft?",
            "what do they ask in it at Microsoft?",
            "what do they ask in the recruiter screen at Microsoft?",
        ),
    ],
)
def test_another_subject_stays_and_a_company_is_said_once(before: str, follow_up: str, standalone: str) -> None:
    resolved = standalone_question(follow_up, [Turn(before)], is_company=lambda name: name.lower() in COMPANIES)
    assert resolved == standalone


@pytest.mark.parametrize(
    ("before", "follow_up", "standalone"),
    [
        # a phrase in the place of its like
        ("how much honey per year does a hive give", "and per week?", "how much honey per week does a hive give"),
        ("what is the base salary at level 3", "and for seniors?", "what is the base salary for seniors"),
        ("what does a keeper earn in spring", "and in autumn?", "what does a keeper earn in autumn"),
        ("what is horizontal comb building", "and vertical?", "what is vertical comb building"),
        ("how costly is insertion of a frame", "and deletion?", "how costly is deletion of a frame"),
        ("what is a swarm in biology", "and a colony?", "what is a colony in biology"),
        ("how can I prevent swarming", "what about robbing?", "how can I prevent robbing"),
        ("how long is the hive round?", "for beginners?", "how long is the hive round for beginners?"),
        ("how long is the hive round?", "and if it rains?", "how long is the hive round if it rains?"),
        # another attribute of the same thing
        ("explain smoking", "what about its drawbacks", "drawbacks of smoking?"),
        ("how should I design an apiary", "and the metrics?", "the metrics of an apiary?"),
        ("how should I clean my suit", "how long does it take?", "how long does my suit take?"),
        ("tell me about the hive round", "what mistakes should I avoid there?", "what mistakes should I avoid in the hive round?"),
        ("how many weeks should I practise", "what else?", "what else practise?"),
        # the same again
        ("what is a swarm", "shorter please", "what is a swarm"),
        ("what is a swarm", "in simple words please", "what is a swarm"),
        ("what is a swarm", "are you sure?", "what is a swarm"),
        ("is smoke used in winter?", "why?", "why is smoke used in winter?"),
        ("explain smoking", "any examples?", "examples of smoking?"),
        ("a medium question about bees", "another one", "a medium question about bees"),
        ("a medium question about bees", "a harder one please", "a hard question about bees"),
        ("a question about bees", "an easier one", "a question about bees (easy)"),
        # things beside each other
        ("compare drones and workers", "which is bigger?", "which is bigger, drones or workers?"),
        ("compare drones and workers", "the second one?", "tell me about workers"),
        ("drones vs workers", "when do I see the former?", "when do I see drones?"),
        ("what is a drone", "and compared to a worker?", "what is the difference between a drone and a worker?"),
        ("what is a drone", "how long does the other one live, the queen?", "how long does the queen live?"),
        ("what is a CDN", "push or pull?", "a CDN: push or pull?"),
        ("which Quill round asks about bees", "ok and which one covers mites?", "which Quill round covers mites?"),
        ("how many rounds does the Quill loop have", "list them", "list the rounds of the Quill loop"),
        # what else people say
        ("what is a swarm", "and how do I spot that in spring", "how do I spot a swarm in spring"),
        ("how do I calm bees", "and feed them", "how do I feed bees?"),
        ("is a suit required", "what about a hat?", "is a hat required"),
        ("what is read-aside", "and write-through?", "what is write-through"),
        ("is smoke required", "and sugar?", "is sugar required"),
        ("what is smoke", "I meant wax", "what is wax"),
        ("what is smoke", "let's talk about wax", "what is wax"),
        ("explain smoking", "pros and cons", "pros and cons of smoking?"),
        ("explain smoking", "worst case time complexity", "worst case time complexity of smoking?"),
        ("how should I prepare in 4 weeks", "and if I only have 2", "how should I prepare in 4 weeks if I only have 2"),
        ("what are the rounds at Acme", "how long is each", "how long is the rounds at Acme"),
        ("how many rounds at Acme", "how long are they", "how long are rounds at Acme"),
        ("should I negotiate", "should I tell them my pay", "should I tell them my pay (negotiate)?"),
        ("hive rounds", "how long", "how long is hive rounds?"),
        ("explain smoking", "explain the first step", "explain the first step (smoking)?"),
        # another subject
        ("explain smoking", "ok different topic, what is a swarm", "what is a swarm"),
        ("how long is the hive round?", "design an apiary", "design an apiary"),
        ("explain smoking", "thanks!", "thanks!"),
        ("how long is the hive round?", "thanks! what is a swarm?", "what is a swarm?"),
    ],
)  # fmt: skip
def test_what_hangs_on_the_question_before_is_said_with_it(before: str, follow_up: str, standalone: str) -> None:
    assert standalone_question(follow_up, [Turn(before)], is_company=lambda name: False) == standalone


@pytest.mark.parametrize(
    "answer",
    [
        "The rounds are [1]:\n\n- Recruiter screen: a call [2].\n- **Hive round** (75 minutes) [3].\n- Trial day [4].",
        "| Round | Minutes |\n| --- | --- |\n| Recruiter screen | 20 [1] |\n| Hive round | 75 [1] |",
    ],
)
def test_a_place_in_the_list_that_was_answered_is_what_stands_there(answer: str) -> None:
    turns = [Turn("what are the rounds?", answer)]
    for follow_up, standalone in (
        ("tell me more about the second one", "tell me more about Hive round"),
        ("how long is the second round?", "how long is Hive round?"),
        ("and number 2?", "tell me about Hive round"),
    ):
        assert standalone_question(follow_up, turns, is_company=lambda name: False) == standalone
    beyond = "how long is the ninth one"
    assert standalone_question(beyond, turns, is_company=lambda name: False).startswith(beyond)
