"""Opposites of English as grading reads them: the support checker's table, and what more a person says of a craft.

A comparative or superlative counts as its plain form ("lowest" as "low"), so that "highest" against "lowest" is seen. A word
is polar when its contrary is known or when it tells strength or quantity: a polar word that nobody else said is what turns
a statement about the right thing into a wrong one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from answer.opposites import PAIRS, QUANTITY_OF, STRENGTH_OF, root, table_of

_PAIRS = """
fast/slow quick/slow large/tiny best/worst good/bad good/wrong right/wrong max/min maximise/minimise sooner/later
cheaper/costlier cheaper/dearer cheap/costly cheap/dear simpler/complicated same/different sequential/independent
sequential/parallel numerator/denominator subtract/add keep/drop keep/remove keep/throw freeze/train linear/quadratic
mutable/immutable random/deterministic exact/approximate exact/approximation encoder/decoder causal/bidirectional
row/column privately/publicly privately/openly private/team upwards/downwards every/none every/only all/only all/few
all/partly whole/only correlated/independent frequent/few precise/vague precise/rough behaviour/belief
reversible/irreversible gain/cost memory-bound/compute-bound once/repeatedly once/every once/each safe/risky shared/separate
shared/own automatic/manual bias/variance biased/unbiased underfit/overfit underfitting/overfitting precision/recall
query/value train/test draft/target total/active boosting/bagging event/processing alias/rebuild bounded/unbounded
constant/growing constant/grow constant/linear exponential/logarithm absolute/relative overstate/understate
overstate/prove collapse/keep collapse/same equal/shorter equal/smaller equal/larger equal/differ alike/differ
same/differ same/vary identical/differ identical/vary often/always minimal/maximal dense/sparse uniform/skewed
balanced/imbalanced read/write nearest/farthest single/several single/many one/several one/many unlimited/limit
unlimited/limited infinite/finite endless/bounded complete/partial zero/nonzero product/sum multiply/add repetitive/varied
bland/varied use/ignore use/avoid matter/irrelevant relevant/irrelevant matter/negligible important/negligible
important/unimportant important/trivial change/intact change/stay change/leave change/unchanged break/intact break/keep
affect/unaffected raise/leave rise/stay increase/stay fall/stay drop/stay discard/keep delete/keep forget/keep store/discard
reset/keep fail/enough fail/suffice harmless/harm harmless/danger harmless/dangerous fine/wrong fine/bad safe/danger
skip/check skip/do ban/allow block/allow deny/allow deny/grant refuse/answer abstain/answer decline/answer free/cost
sure/doubt always/unless always/sometimes always/may always/can never/sometimes never/may never/can nobody/everybody
everyone/only everybody/only any/specific anyone/only anywhere/only permanent/temporary hide/tell hide/say hide/share
hide/show hide/admit hide/reveal silent/tell silent/say silent/talk secret/open blame/blameless blame/credit guess/ask
guess/measure guess/know assume/test assume/check assume/ask trust/verify trust/check believe/test obsolete/need
superfluous/need needless/need pointless/help unnecessary/need stale/fresh stale/current outdated/current old/recent
afterwards/before afterwards/beforehand beforehand/later immediately/wait now/later instant/slow whatever/depend
regardless/depend specific/generic specific/general specific/vague concrete/abstract concrete/general evidence/opinion
data/opinion plan/improvise brief/long concise/long honest/invent real/invent true/invent listen/ignore listen/interrupt
respect/ignore sorted/unsorted ordered/unordered ordered/random sorted/random stochastic/deterministic
synchronous/asynchronous eager/lazy batch/stream frozen/trainable frozen/update fixed/update fixed/learn labelled/unlabelled
consistent/inconsistent symmetric/asymmetric overfit/generalise memorise/generalise mix/separate converge/diverge
explode/vanish protect/expose hidden/exposed noise/signal noisy/clean sharp/flat flat/steep smooth/noisy fix/break
repair/break recover/lose restore/lose ceiling/floor dominate/negligible catch/miss detect/miss find/miss hit/miss
persist/vanish commit/abort climb/descend ascent/descent penalise/reward encourage/penalise superior/inferior better/inferior
manual/automated human/automatic synthetic/real simulate/real live/offline prior/posterior causal/correlated cause/correlation
lag/lead client/server inflate/deflate inflate/shrink uncertain/sure confident/unsure easy/difficult simple/difficult
"""
_ABSOLUTE = frozenset(
    "always never every all any nobody nothing none everyone everybody everything whatever only exactly entirely "
    "completely fully simply just merely guarantee guarantees guaranteed prove proves proved certainly no without needless "
    "superfluous obsolete irrelevant harmless unnecessary needn't anyone anything best safest perfectly whole regardless "
    "hardly".split()
)
_DENYING_PREFIX = re.compile(r"^(?:un|in|im|ir|non|dis)(?=[a-z]{4})")
_COMPARED = re.compile(r"(?:est|er)$")


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    return table_of(PAIRS + _PAIRS)


@lru_cache(maxsize=16384)
def opposed(plain: str) -> frozenset[str]:
    """The plain forms that say the opposite of this plain form."""
    return _table().get(plain, frozenset())


@lru_cache(maxsize=16384)
def alike(plain: str) -> frozenset[str]:
    """The plain forms on the same side: opposites of its opposites, itself included."""
    return frozenset({plain}).union(*map(opposed, opposed(plain)))


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """The root of a word, without the ending of a comparison where what is left has an opposite ("user" has no ending)."""
    ending = _COMPARED.search(word)
    if not ending or (ending[0] == "er" and not opposed(root(word))):
        return root(word)
    bare = word[: ending.start()]
    forms = [bare, bare + "e", re.sub(r"i$", "y", bare), re.sub(r"(.)\1$", r"\1", bare)]
    return next((root(form) for form in forms if len(form) > 2 and opposed(root(form))), root(word))


@lru_cache(maxsize=65536)
def are_opposite(left: str, right: str) -> bool:
    """Whether two plain forms are opposites, by the tables or by a denying prefix ("stable", "unstable")."""
    if right in opposed(left):
        return True
    bare_left, bare_right = _DENYING_PREFIX.sub("", left), _DENYING_PREFIX.sub("", right)
    return (bare_left != left) != (bare_right != right) and bare_left == bare_right


@lru_cache(maxsize=16384)
def is_polar(word: str) -> bool:
    """Whether a word tells a side, a strength or a quantity."""
    return bool(opposed(plain(word))) or word in STRENGTH_OF or word in QUANTITY_OF


def is_absolute(word: str) -> bool:
    """Whether a word leaves no exception."""
    return word in _ABSOLUTE
