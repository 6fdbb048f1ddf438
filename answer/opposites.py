"""Words that speak against each other: opposites, denials, degrees of strength, quantities. Data of English, no code of ours.

`opposites_of("fell")` holds the stem of "rose" and of everything else that "fell" denies. Forms that a stemmer keeps apart
("fell", "sold") are brought to their verb first.
"""

from __future__ import annotations

from functools import lru_cache

from index.words import stem

NEGATIONS = frozenset("not no never without none nor neither cannot hardly rarely seldom scarcely".split())
# Verbs and adjectives that deny what follows them: "failed to collect" is "did not collect".
DENYING = frozenset(
    "fail lack refuse deny unable reject avoid prevent forbid prohibit ban miss decline exempt absent "
    "impossible ignore neglect omit abolish cancel nobody nothing nowhere".split()
)
PAIRS = """
more/less more/fewer higher/lower high/low increase/decrease increase/reduce rise/fall grow/shrink gain/lose above/below
before/after longer/shorter long/short harder/easier hard/easy faster/slower fast/slow larger/smaller large/small
bigger/smaller big/small better/worse best/worst most/least maximum/minimum maximise/minimise strong/weak stronger/weaker
early/late earlier/later include/exclude add/remove raise/lower up/down start/end begin/end first/last first/final
open/close outside/inside within/outside online/offline supervised/unsupervised overfitting/underfitting
allow/prevent allow/forbid accept/reject pass/fail success/failure  over/under many/few old/new
older/newer cheap/expensive simple/complex simpler/harder internal/external left/right top/bottom senior/junior
overprepare/underprepare overestimate/underestimate possible/impossible likely/unlikely stable/unstable
positive/negative true/false sparse/dense wide/narrow deep/shallow deeper/shallower public/private
help/hurt improve/worsen speed/slow accelerate/slow encourage/discourage forward/backward static/dynamic
enough/insufficient mandatory/optional required/optional necessary/unnecessary same/different common/rare
increase/reduction rise/drop growth/decline significant/little significant/minor major/minor independent/joint
independently/jointly separately/jointly alone/together practical/theoretical check/ignore consider/ignore cover/omit
include/omit require/forbid preferred/required prefer/avoid clear/vague detailed/vague formal/informal
usually/rarely often/rarely often/seldom usually/seldom always/never together/separately heavy/light
rise/decline rise/decrease rise/sink climb/fall climb/drop grow/fall grow/drop grow/decline increase/fall increase/drop
increase/decline gain/drop expand/shrink expand/contract widen/narrow double/halve boost/cut raise/cut raise/reduce
make/lose earn/lose win/lose beat/lose defeat/lose victory/defeat buy/sell lend/borrow  send/receive arrive/depart arrive/leave
enter/leave enter/exit import/export create/destroy build/demolish save/waste save/spend earn/spend profit/loss
surplus/deficit agree/disagree approve/reject approve/oppose support/oppose favour/oppose praise/criticise like/dislike
love/hate admit/deny confirm/deny remember/forget attack/defend guilty/innocent convict/acquit arrest/release
legal/illegal alive/dead live/die born/die healthy/sick healthy/ill safe/dangerous safe/unsafe strength/weakness
north/south east/west northern/southern eastern/western upper/lower front/back near/far male/female men/women man/woman
boy/girl husband/wife brother/sister father/mother king/queen son/daughter uncle/aunt day/night morning/evening
morning/afternoon summer/winter spring/autumn hot/cold warm/cold warmer/colder warmer/cooler wet/dry wetter/drier
full/empty rich/poor young/old younger/older light/dark bright/dark black/white loud/quiet hard/soft thick/thin
tall/short clean/dirty sharp/blunt rough/smooth tight/loose busy/quiet happy/sad happy/unhappy satisfied/dissatisfied
optimistic/pessimistic active/inactive active/passive temporary/permanent permanent/provisional partial/complete
partly/entirely partly/fully partly/completely partially/fully partially/completely partially/entirely partly/wholly
part/whole some/none all/none both/neither everybody/nobody everyone/nobody everything/nothing everywhere/nowhere
separate/joint single/multiple individual/collective local/global national/international domestic/foreign rural/urban
ancient/modern traditional/modern past/future previous/next former/latter increase/lessen lengthen/shorten
strengthen/weaken tighten/loosen ease/tighten relax/tighten widespread/rare frequent/rare frequently/rarely
occasionally/always sometimes/always never/sometimes never/often regular/irregular certain/uncertain sure/unsure
known/unknown familiar/unfamiliar visible/hidden visible/invisible explicit/implicit direct/indirect voluntary/compulsory
voluntary/mandatory voluntary/required optional/compulsory free/paid natural/artificial real/fake original/copy
majority/minority advantage/disadvantage benefit/harm beneficial/harmful useful/useless effective/ineffective
efficient/inefficient successful/unsuccessful able/unable capable/incapable aware/unaware fair/unfair equal/unequal
similar/different alike/unlike dependent/independent related/unrelated connected/disconnected lock/unlock load/unload
install/uninstall enable/disable connect/disconnect attach/detach freeze/melt sink/float push/pull throw/catch
shout/whisper laugh/cry appear/disappear emerge/vanish keep/discard keep/lose retain/lose find/lose maintain/abandon
continue/stop continue/halt start/stop start/finish begin/finish resume/suspend launch/withdraw advance/retreat
ascend/descend attract/repel absorb/emit inhale/exhale combine/separate merge/split unite/divide multiply/divide
upgrade/downgrade upstream/downstream uphill/downhill indoors/outdoors indoor/outdoor overestimate/understate
underfund/overfund inflate/deflate hire/fire hire/dismiss appoint/dismiss employ/dismiss promote/demote reward/punish
obey/disobey trust/distrust tolerate/intolerant friend/enemy ally/enemy buyer/seller teacher/pupil doctor/patient
landlord/tenant employer/employee plaintiff/defendant winner/loser leader/follower parent/child input/output
sender/receiver supply/demand cause/cure question/answer front/rear plus/minus odd/even horizontal/vertical
clockwise/anticlockwise convex/concave liquid/solid acid/alkaline cautious/reckless careful/careless brave/cowardly
polite/rude patient/impatient honest/dishonest generous/stingy modest/arrogant serious/trivial severe/mild
tough/lenient strict/lenient strict/loose rigid/flexible fixed/variable constant/variable steady/volatile
quick/slow quickly/slowly rapid/slow rapidly/slowly rapidly/gradually suddenly/gradually immediately/later easily/hardly
outperform/underperform exceed/underperform ahead/behind beginning/end opening/closing entrance/exit departure/arrival
birth/death peace/war ally/opponent supporter/opponent proponent/opponent success/defeat hope/fear pride/shame
included/excluded overnight/gradually consistently/inconsistently sufficient/insufficient adequate/inadequate
"""
STRENGTHS = {
    "certain": "must always require required requires mandatory need needs necessary certainly definitely will "
    "guarantee guarantees invariably inevitably never compulsory obliged obligatory demand demands",
    "usual": "usually often typically commonly generally frequently mostly normally should tends tend regularly likely "
    "recommend recommends recommended advise advises advised probably ought",
    "possible": "may might can could sometimes occasionally possibly optional optionally perhaps potentially maybe "
    "allow allows allowed permit permits permitted",
}
QUANTITIES = {
    "all": "all every each both always entire whole everyone everybody fully completely entirely any",
    "most": "most majority mostly many largely nearly almost",
    "some": "some several few partly partially half certain",
    "none": "none nobody neither zero no",
    "only": "only exclusively solely merely",
    "also": "also too additionally",
    "single": "1 single",
    "least": "least minimum",
    "most-bound": "most maximum",
}
_FORMS = """
fell/fall fallen/fall rose/rise risen/rise lost/lose won/win sold/sell bought/buy grew/grow grown/grow shrank/shrink
shrunk/shrink began/begin begun/begin gave/give given/give took/take taken/take sent/send lent/lend left/leave kept/keep
found/find held/hold built/build spent/spend forgot/forget forgotten/forget froze/freeze frozen/freeze sank/sink
sunk/sink beaten/beat forbade/forbid forbidden/forbid rejected/reject threw/throw caught/catch met/meet paid/pay
made/make broke/break broken/break drew/draw led/lead rang/ring sought/seek taught/teach thought/think wrote/write
written/write spoke/speak spoken/speak went/go gone/go came/come saw/see seen/see knew/know known/know
ran/run sang/sing shown/show hid/hide hidden/hide ate/eat eaten/eat flew/fly flown/fly chose/choose chosen/choose
"""


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """The stem of a word's base form: "fell" and "falling" both give that of "fall"."""
    return _ROOTS.get(word) or stem(word)


@lru_cache(maxsize=16384)
def opposites_of(word: str) -> frozenset[str]:
    """Roots of the words that say the opposite of this one."""
    return _OPPOSITES.get(root(word), frozenset())


@lru_cache(maxsize=16384)
def side_of(word: str) -> frozenset[str]:
    """Roots of words on the same side as this one: opposites of its opposites, itself included."""
    return frozenset({root(word)}).union(*(_OPPOSITES[other] for other in opposites_of(word)))


def denies(word: str) -> bool:
    """Whether a word turns what it goes with into its contrary."""
    return word in NEGATIONS or word == "except" or word.endswith("n't") or root(word) in _DENYING_ROOTS


_ROOTS = {form: stem(verb) for form, verb in (pair.split("/") for pair in _FORMS.split())}
_DENYING_ROOTS = frozenset(map(stem, DENYING))


def table_of(pairs: str) -> dict[str, frozenset[str]]:
    """Pairs written "left/right" as a table from each root to the roots that oppose it."""
    table: dict[str, set[str]] = {}
    for pair in pairs.split():
        left, right = (root(word) for word in pair.split("/"))
        table.setdefault(left, set()).add(right)
        table.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in table.items()}


_OPPOSITES = table_of(PAIRS)
STRENGTH_OF = {word: name for name, words in STRENGTHS.items() for word in words.split()}
QUANTITY_OF = {word: name for name, words in QUANTITIES.items() for word in words.split()}
