"""Minimal edits: a true sentence of the corpus, changed in one place so that it no longer holds, or harmlessly.

Used to measure the support checker and to prove that the metrics fall. Each edit is drawn from a digest of the
sentence, so that the same corpus gives the same set every time. Kinds: figure, name, negation, direction, modality,
quantifier; and `harmless`, which keeps the meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

_SWAPS: dict[str, str] = {
    "direction": """more/less higher/lower increases/decreases increase/decrease rises/falls rose/fell above/below
    before/after longer/shorter harder/easier faster/slower larger/smaller better/worse most/least maximum/minimum
    strong/weak early/late include/exclude adds/removes adding/removing high/low large/small long/short first/last
    shrinks/grows reduces/raises lowers/raises improves/worsens narrow/wide deep/shallow online/offline
    underprepare/overprepare shared/separate public/private forward/backward tougher/easier""",
    "modality": """must/may may/must can/must should/might usually/always often/always typically/always
    sometimes/always might/must could/will requires/allows mandatory/optional often/never
    usually/rarely expects/forbids""",
    "quantifier": """some/all all/some most/few every/one each/no many/few several/all few/many both/neither
    only/also none/all least/most at-least/at-most""",
    "harmless": """usually/typically typically/usually about/roughly roughly/about often/frequently also/too
    such-as/for-example for-example/such-as candidates/applicants because/since takes/lasts asks/enquires
    show/demonstrate begin/start helps/assists choose/select lets/allows""",
}
_NAMES = """Microsoft/Google Google/Amazon Amazon/Netflix Azure/AWS Teams/Zoom PyTorch/TensorFlow TensorFlow/JAX
LoRA/QLoRA RLHF/SFT DPO/PPO Redmond/Austin LeetCode/HackerRank Python/Java BERT/GPT GPT/BERT Adam/SGD XGBoost/CatBoost
Spark/Hadoop MLflow/Kubeflow STAR/SMART Copilot/Gemini RAG/RLHF NumPy/Pandas Spotify/Deezer OpenAI/Mistral Meta/Apple
L1/L2 L2/L1 AUC/F1 ReLU/sigmoid IC4/IC6 Seattle/Boston Huyen/Ng Stanford/Berkeley Triton/TorchServe Flash/Ring"""
_NUMBER = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?![\w.]*\d)")
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|should|does|do|has|have|may|must|will)\b(?! not)")
_DENIED = re.compile(r"\b(is|are|was|were|can|should|does|do|has|have|may|must|will) not\b")
_LEAD = "According to the guide, "


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` is what was made of `original`; it still holds only when `kind` is "harmless"."""

    kind: str
    original: str
    text: str

    @property
    def holds(self) -> bool:
        """Whether the edited sentence is still true."""
        return self.kind == "harmless"


def edits_of(sentence: str, *, figures: Sequence[str] = ()) -> Iterator[Edit]:
    """Every kind of edit that this sentence allows, one of each; `figures` are numbers that stand around it."""
    for kind, make in _MAKERS.items():
        text = _change_figure(sentence, figures) if kind == "figure" else make(sentence)
        if text is not None and text != sentence:
            yield Edit(kind, sentence, text)


def change_figure(sentence: str, figures: Sequence[str] = ()) -> str | None:
    """One number changed: to one that stands nearby where there is one, else to one that nobody mentions."""
    return _change_figure(sentence, figures)


def _change_figure(sentence: str, figures: Sequence[str] = ()) -> str | None:
    found = [match for match in _NUMBER.finditer(sentence) if match.start() > 0]
    if not found:
        return None
    match = found[_draw(sentence, len(found))]
    old = match.group()
    nearby = sorted({figure for figure in figures if figure not in sentence and len(figure) == len(old)})
    if nearby and _draw(sentence + "nearby", 2):
        new = nearby[_draw(sentence, len(nearby))]
    else:
        value = float(old.replace(",", ""))
        new = f"{value + (5, 10, 15, 20)[_draw(sentence, 4)] if value >= 20 else value + 3:g}"
    return sentence[: match.start()] + new + sentence[match.end() :]


def flip_negation(sentence: str) -> str | None:
    """A "not" taken out, or put in after the first auxiliary; None where there is neither."""
    if denied := _DENIED.search(sentence):
        return sentence[: denied.start()] + denied.group(1) + sentence[denied.end() :]
    if auxiliary := _AUXILIARY.search(sentence):
        return sentence[: auxiliary.end()] + " not" + sentence[auxiliary.end() :]
    return None


def swap_name(sentence: str) -> str | None:
    """One name put in the place of another, as long as the other does not stand in the sentence already."""
    return _swap(sentence, _pairs(_NAMES), keep_case=False)


def _swapper(kind: str) -> Callable[[str], str | None]:
    table = _pairs(_SWAPS[kind], both_ways=kind == "direction")
    return lambda sentence: _swap(sentence, table, keep_case=True)


def _harmless(sentence: str) -> str | None:
    makers = (
        _swapper("harmless"),
        lambda text: _LEAD + text if re.match(r"[A-Z][a-z]*[A-Z]|[A-Z]{2}", text) else _LEAD + _lower_first(text),
        lambda text: re.sub(r"(\d) to (\d)", r"\1–\2", text).replace(" minutes", " min").replace("%", " percent"),
        lambda text: re.sub(r" \([^()]*\)", "", text),
        lambda text: re.sub(r"\b(\w+), (\w+)( and | or )", r"\2, \1\3", text, count=1),
    )
    first = _draw(sentence, len(makers))
    for make in (*makers[first:], *makers[:first]):
        text = make(sentence)
        if text is not None and text != sentence:
            return text
    return None


def _swap(sentence: str, table: dict[str, str], *, keep_case: bool) -> str | None:
    """The first word (drawn by digest) of the sentence that the table knows, exchanged."""
    found = [
        (match, new)
        for old, new in table.items()
        for match in re.finditer(rf"\b{re.escape(old)}\b", sentence, re.IGNORECASE if keep_case else 0)
        if not re.search(rf"\b{re.escape(new)}\b", sentence)
    ]
    if not found:
        return None
    found.sort(key=lambda pair: pair[0].start())
    match, new = found[_draw(sentence, len(found))]
    if keep_case and match.group()[0].isupper():
        new = new[0].upper() + new[1:]
    return sentence[: match.start()] + new + sentence[match.end() :]


def _pairs(table: str, *, both_ways: bool = False) -> dict[str, str]:
    pairs = [part.replace("-", " ").partition("/")[::2] for part in table.split()]
    forward = dict(pairs)
    return forward | {new: old for old, new in pairs if both_ways and new not in forward}


def _lower_first(text: str) -> str:
    return text[0].lower() + text[1:]


def _draw(key: str, size: int) -> int:
    """A number below `size`, always the same for the same key."""
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % size


_MAKERS: Mapping[str, Callable[[str], str | None]] = {
    "figure": change_figure,
    "name": swap_name,
    "negation": flip_negation,
    "direction": _swapper("direction"),
    "modality": _swapper("modality"),
    "quantifier": _swapper("quantifier"),
    "harmless": _harmless,
}
DAMAGING = tuple(kind for kind in _MAKERS if kind != "harmless")
