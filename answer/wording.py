"""The English of questions: wordings that tell what kind of answer, and what sort of value, is asked for.

Only wordings of the language and of the field; nothing here belongs to one guide.
"""

from __future__ import annotations

import re

from index.values import NUMBER_WORDS, ValueKind
from index.words import stem


def _any_of(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds any of these, whatever the case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


# What a person says of themselves: it is not what they ask about.
OF_ONESELF = re.compile(
    r"(?:^|(?<=[,.;!] )|\b(?:and|but|given that|since|because|as)\s+)(?:i'?m|i am) (?:currently |now |still )?"
    r"an? [^,.;?!]{3,80}(?:[,.;!]|$)\s*(?:(?:and|so|but)\s+)?|"
    r"^as an? (?:new grad|graduate|student|beginner|fresher|junior|mid-level|senior|career (?:switcher|changer)|self-taught|"
    r"someone|person|candidate|non-)[^,.;?!]{0,60}?"
    r"(?:[,;]\s*|\s+(?=(?:what|how|which|when|where|why|should|do|can|is|are)\b))",
    re.I,
)

# What is asked about a thing in one word and told in others, by stem: notes tell the drawbacks of a method as its failure modes.
SAME_MATTER = {
    stem(asked): frozenset(stem(word) for word in told.split())
    for group, told in (
        (
            "disadvantage drawback limitation weakness con",
            "disadvantage drawback limitation weakness fail failure trade-off mistake",
        ),
        ("advantage benefit strength pro", "advantage benefit strength trade-off"),
        ("reason", "reason because cause why"),
        ("purpose", "purpose use so"),
        ("tip hint advice recommendation", "tip hint advice advise recommend recommendation"),
        ("book", "book textbook reading material resource author"),
        ("read resource article paper material", "read reading book textbook resource article paper material"),
        ("live persist survive kept valid", "live lifetime persist survive permanent expire"),  # how long data live
        ("formula equation", "formula equation mathematics"),
    )
    for asked in group.split()
}

PLEASANTRIES = frozenset("hi hello hey thanks thank okay ok bye goodbye cheers great cool nice awesome perfect".split())

# Words that say what sort of answer is wanted or how it is asked, but not what it is about.
CUES = """
    long many much kind sort type tell give show list name explain describe define please know want need usually typically
    normally generally roughly exactly actually approximately average typical usual common main key say says said guide
    guides source sources according question ask asks asked answer mean means thing things stuff lot way ways people
    someone anyone candidate candidates get take takes last lasts happen happens look looks like hi hello thanks thank okay
    ok hey help wondering wonder curious quick quickly expect expected there also one ones total overall different
    difference compare compared versus right correct true whole full entire complete table something anything everything
    work works working calculated computed calculate compute quiz drill
""".split()

# Words that name the sort of value asked for: a guide gives the value without them.
NAMES_OF_VALUES = frozenset(
    stem(word)
    for word in "duration length limit time timeline timeframe price cost number percentage percent date".split()
)

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)
_LASTING = (
    r"(?:interview|round|loop|process|screen|call|session|onsite|on-site|assessment|test|exercise|take-home|meeting|course|plan|"
    r"internship|visit|day|stage|conversation|chat|programme?)s?\b"
)
_GROWING = r"(?:jobs?|hiring|market|salar(?:y|ies)|pay|employment|demand|revenue|headcount|industry|postings?|openings?|roles?)"
VALUES: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (
        "percent",
        _any_of(
            r"\b(?:what|which|how many|how much) (?:\w+ )?(?:percent\w*|per cent|%|share|fraction|proportion|portion)",
            r"\bpercentage\b",
            rf"\b{_GROWING}\b.*\bgrowth\b|\bgrowth (?:rate|in|of)\b.*\b{_GROWING}\b",
        ),
    ),
    (
        "duration",
        _any_of(
            r"\bhow (?:long|lengthy|soon)\b(?! ago)(?!.*\b(?:lives?|persists?|stored?|kept|valid|survives?)\b)",
            r"\bhow (?:many|much) (?!(?:\w+ )?(?:a|per|each|every) )(?:\w+ ){0,2}?"
            r"(?:time|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b",
            r"\b(?:duration|time ?line|time ?frame|time limit)\b",
            rf"\b{_LASTING} length\b|\blength of (?:the |an? |each |every |this )?(?:\w+ ){{0,3}}?{_LASTING}",
        ),
    ),
    (
        "money",
        _any_of(
            r"\b(?:salar(?:y|ies)|pay|paid|compensation|bonus(?:es)?|equity|stocks?(?! (?:exchange|market|pric|predict|forecast))|"
            r"rsus?|wages?|prices?(?! (?:predict|forecast|model|estimat|elastic|optimi))|dollars?|"
            r"allowance|stipend)\b",
            r"\b(?:base|total) (?:pay|cash|comp)\b",
            r"\bearn(?:s|ings?)?\b",
            r"\bhow much (?:money )?(?:does|do|is|are|would|will|can|could) .*(?:cost|paid?|charge|make|earn)",
        ),
    ),
    (
        "date",
        _any_of(
            r"\bwhen (?:was|were|did)\b",
            r"\b(?:what|which) (?:date|year|month|quarter)\b",
            r"\blast updated\b",
            r"\bhow (?:old|recent|up to date)\b",
        ),
    ),
    (
        "time of day",
        _any_of(
            r"\b(?:what|which) (?:week)?days?(?: of the week)?\b(?! \d)",
            r"\b(?:what|which) time of (?:the )?day\b",
            r"\bat what time\b",
            r"\bwhat time (?:do|does|is|are)\b",
        ),
    ),
    (
        "address",
        _any_of(r"\be-?mail address\b", r"\bphone number\b", r"\b(?:web|home) ?(?:site|page) (?:address|url|link)\b"),
    ),
    (
        "difficulty",
        _any_of(r"\bhow (?:hard|difficult|tough|easy|challenging)\b", r"\b(?:what|which) (?:level of )?difficulty\b"),
    ),
    ("count", _any_of(r"\bhow many\b", r"\bnumber of\b", r"\bhow often\b")),
)

_FIGURE = rf"(?:\d[\d,.]*\s?k?|{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))}|an?(?= hour)|half an?)"
# What a yes-no question takes for given, by the sort of value: "is the onsite 3 hours?", "are there 12 rounds?".
PREMISES: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (
        "duration",
        re.compile(
            rf"(?<![-\w])(?P<value>{_FIGURE}(?:\s?(?:-|to|or)\s?{_FIGURE})?[\s-](?:minutes?|mins?|hours?|days?|weeks?|months?|years?)"
            r"(?: long)?)(?=\W*(?:$|,|right|correct|long|at|for|in)\b|\W*$)",
            re.I,
        ),
    ),
    ("percent", re.compile(rf"(?P<value>{_FIGURE}\s?(?:%|percent\b|per cent\b))", re.I)),
    ("money", re.compile(rf"(?P<value>[$€£]\s?{_FIGURE}|\b\d[\d,.]*\s?k\b)", re.I)),
    (
        "count",
        re.compile(
            rf"\b(?P<value>(?:\d{{1,3}}|{'|'.join(NUMBER_WORDS)})) (?=(?:[a-z-]+ )?(?:rounds?|interviews?|stages?|steps?|questions?|"
            r"problems?|levels?|phases?|parts?|people|interviewers?)\b)",
            re.I,
        ),
    ),
)

_LISTED = r"""(?:
    topics?|areas?|rounds?|stages?|steps?|phases?|skills?|tools?|frameworks?|resources?|books?|mistakes?|pitfalls?|errors?|
    tips?|questions?|things|points?|types?|kinds?|sorts?|formats?|parts?|components?|elements?|requirements?|metrics?|
    methods?|techniques?|strateg(?:y|ies)|approaches|options|ways|reasons|examples?|categor(?:y|ies)|levels?|companies|
    projects|algorithms?|concepts?|subjects?|themes?|qualities|traits|values|responsibilities|duties|challenges|
    deliverables?|weeks|flags|factors?|criteria|services|platforms?|libraries|products?|plans?|scenarios?|structures?|
    patterns?|models|signals|cases|advice|materials?|courses?|blogs?|constraints|goals|papers?
)""".replace("\n", "").replace(" ", "")
_COVERS = r"""(?:
    cover|covers|include|includes|test|tests|assess|evaluate|look for|ask|expect|contain|involve|prepare|study|review|
    mention|practise|practice|rehearse|learn|do
)""".replace("\n", "").replace("    ", "")

LIST = _any_of(
    rf"\b(?:what|which)(?! is\b(?!.*s\b))(?: (?:are|were|is|all|some|the|of|common|main|key|typical|most))* (?:[\w/&'-]+ ){{0,4}}?"
    rf"{_LISTED}\b(?! \d)",
    rf"\b(?:list|name|enumerate|give me|show me|tell me) (?:me )?(?:all|the|every|each|some|what|which)\b.*{_LISTED}",
    rf"^(?:the )?(?:[\w/-]+ ){{0,4}}{_LISTED}\b(?<=s)(?! in each| for each)",
    r"^(?:please )?(?:list|enumerate)\b",
    r"\bthe (?:whole|full|entire|complete) \w+",
    r"\bwalk me through the (?:\w+ ){0,3}(?:loop|process|rounds|pipeline|stages|plan|schedule)\b",
    rf"\bwhat (?:does|do|should|will|would|can|must|else|all) .*\b{_COVERS}\b",
)
COMPARE = _any_of(
    r"\bcompar(?:e|ed|ing|ison)\b",
    r"\bdifferen(?:ce|ces|t)\b.*\b(?:between|from|than)\b",
    r"\bversus\b",
    r"\bhow (?:does|do|is|are) .* differ\b",
    r"\b(?:when|which|better|prefer|choose|choosing|pick)\b.*\bor\b (?!not\b|less\b|more\b|so\b)",
    r"^[\w /+-]+ or [\w /+-]+\W+(?:when|which)\b",
)
EXPLAIN = _any_of(
    r"^(?:please )?(?:can you |could you )?(?:explain|describe|define|teach me|tell me about|summari[sz]e|sum up|walk me through)\b",
    r"^what (?:is|are) (?!the .* (?:of|for|to|at|on|from|when|that)\b)(?:an? |the )?[\w\s/&'-]+\??$",
    r"^what does [\w\s/&'-]+ mean\b",
    r"^how (?:does|do) [\w\s'-]+ work\b",
    r"\bwhat should i know about\b",
    r"\bintuition\b",
    r"\bexplained\b|\bstep by step\b",
    r"^why (?:does|do|is|are)\b",
)
WHOLE_GUIDE = re.compile(r"\b(?:guide|article|page|post)\W*$", re.I)  # with no word but its publisher's: what it says
SUMMING_UP = frozenset(stem(word) for word in "summarise summarize sum summary overview gist main points tldr".split())
DESIGN = _any_of(
    r"^(?:how|where) (?:(?:do|would|should|can|could|might) (?:i|you|we|one) |to )(?:start |begin |go about )?"
    r"(?:design|architect|build)(?:ing)?\b",
    r"^(?:please )?(?:design|architect|build) (?:an?|the|me|your|our)\b",
)  # a system is to be drawn up
BANK = _any_of(
    r"\b(?:give|show|find|get|pick|quiz|got|suggest) (?:me )?(?:an?|another|some|one|any|the)\b.*\b(?:questions?|problems?|prompts?)\b",
    r"\b(?:ask|quiz|test|drill) me\b",
    r"^(?!(?:what|which|how|why|when|where|who|is|are|do|does|can|should)\b)(?:[\w/&'-]+ ){1,7}(?:question|problem|exercise) with\b",
    r"\b(?:questions?|problem|prompt) (?:about|on|that|where|involving|regarding|dealing with|asking)\b",
    r"^(?!how\b|which\b|what\b|are\b|is\b)(?:an? |some |any )?(?:[\w-]+ ){0,4}(?<!how )(?:easy|medium|hard) "
    r"(?:[\w-]+ ){0,5}(?:questions?|problems?)\b",
    r"^(?:an? |some |any )?(?:easy|medium|hard) (?:[\w-]+ ){0,5}(?:questions?|problems?)\b",
    r"\b(?:is there|are there|do you have|have you got) (?:an?|any|some) .*\b(?:questions?|problems?)\b",
    r"\bwhich (?:\w+ )?(?:bank|practice|sample) questions?\b",
    r"\b(?:practice|bank|sample) questions? (?:on|about|for|from|with|in)\b",
    r"\b(?:what|which) (?:category|difficulty|round) is\b",
    r"\bwhat is the (?:category|difficulty|round) of\b",
)
SOLUTION = _any_of(r"\b(?:solutions?|model answer|answer key|sample answer|full answer|worked answer)\b")
POLITE = _any_of(
    r"^(?:hi|hey|hello)?[\s,!]*(?:please )?(?:can|could|would|will) you (?:please |also |maybe )*(?=(?:explain|describe|define|"
    r"list|name|give|tell|show|compare|summari[sz]e|teach|walk|find|ask|quiz)\b)"
)
APOSTROPHE_S = re.compile(r"\b(what|how|who|where|when)['\u2019]s\b", re.I)
# How interviewers ask for a story: what it is to be about is what is asked.
STORY = re.compile(
    r"[\"'\u201c]?\b(?:tell me about|describe|give (?:me )?an example of|talk about) (?:a|one|some) (?:time|situation|occasion)s?"
    r"(?: when| where| in which| that)?(?: (?:you|i)(?:'ve|'d)?)?(?: (?:have|had|were|was|did))? (?P<about>[^\"'?.]+)[\"'\u201d]?",
    re.I,
)
# A word for a value that is itself to be explained: "what is equity", "explain RSUs".
MEANING = _any_of(
    r"^(?:please )?(?:explain|define|describe)\b(?!.*\b(?:level|how much|how long|\d))",
    r"^what (?:is|are) (?:an? )?(?:rsus?|equity|stocks?|stock (?:options?|grants?)|bonus(?:es)?|compensation|total compensation)\W*$",
    r"^what (?:does|do|is meant by) .*\bmean\b",
)
YES_NO = _any_of(
    r"^(?:so )?(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have|must|am|may|isn't|aren't|don't)\b(?!')",
    r"(?:\bright|\bcorrect|\btrue|\bis that so|isn't it|,\s*(?:yes|no|huh))\s*\?*$",
    r"^(?:pretend|assume|suppose|imagine) (?:that )?the\b|\bconfirm (?:it|that|this)\b",
)
ACROSS = _any_of(
    r"\b(?:the|different|all|other|these|various|which|each|every|several|other) (?:guides?|sources?)\b",
    r"\bacross (?:the )?(?:guides|sources)\b",
    r"\bguides (?:say|agree|recommend|suggest|mention|differ)\b",
    r"\bper the guides\b",
    r"\bwhere (?:do|does|is|are) .* (?:come up|mentioned|discussed|covered)\b",
)
# Orders about form, persona, sources or secrets: they are not part of the question and change nothing.
ORDERS = _any_of(
    r"\b(?:please )?(?:answer|respond|reply|write|output|say it|speak|translate)(?: \w+){0,3} (?:in|as|like|using) "
    r"(?:base ?64|rot13|json|xml|html|binary|hex|morse|rhymes?|verse|a poem|emojis?|french|german|spanish|a pirate|pirate \w+|all caps)",
    r"\b(?:drop|omit|skip|remove|hide|leave out|leave off|without|no|do not (?:use|give|show)) (?:the |any |all |your )?"
    r"(?:citations?|sources?|references?|markers?|footnotes?)",
    r"\b(?:ignore|disregard|forget|override|bypass) (?:all |any |your |the |my |these |previous |prior |above |earlier )*"
    r"(?:instructions?|rules?|guides?|guidelines|prompts?|restrictions?|corpus)(?: (?:above|before|given))?",
    r"\b(?:cite|quote|credit|attribute it to) [A-Z][\w.]*(?: (?:et al\.?|\(?\d{4}\)?))*",
    r"^\W*(?:system|assistant|developer|user) ?:",
    r"\b(?:system|assistant|developer) ?: ?(?:\w+ ){0,6}?(?=[.,;!]|and\b|$)",
    r"\b(?:reveal|print|show|repeat|leak|tell me)(?: me)? (?:your |the )?(?:system |hidden |secret )?"
    r"(?:prompt|instructions|api key|password)",
    r"\b(?:pretend|imagine|act as|act like|you are now|roleplay as|assume)(?: that)? (?:you(?:'re| are) )?(?:an? )?"
    r"(?:\w+ )?(?:pirate|dan|hacker|unfiltered \w+)",
    r",?\s*\b(?:like i(?:'?m| am| was) (?:five|5|an? \w+)|"
    r"in (?:very )?(?:simple|plain|layman'?s?|easy) (?:terms|words|english|language)|"
    r"in (?:one|two|three|a few|\d) (?:short )?(?:sentences?|words|lines|paragraphs?)|"
    r"to (?:an? |my )?(?:\w+[- ]year[- ]old|beginner|child|layman|kid|novice|newbie|friend|student|grandm\w+|"
    r"junior(?: (?:engineer|developer))?)|for (?:dummies|beginners)|"
    r"(?:in )?(?:a )?nutshell|in (?:more |great |some )?(?:detail|depth)|briefly|in short|in brief|eli5)\b",
    r"(?<=[a-z,] )(?:simply|intuitively|technically|thoroughly)\W*$|(?<=[a-z] )101\W*$",
    r"[,?.;]\s*(?:please |and )?(?:explain|describe)(?: (?:it|that))?(?: to)?(?: me)?(?= (?:simply|intuitively|in |like |to ))",
    r"\b(?:the |a |an )?(?:basic )?(?:(?:concept|idea|notion|meaning|definition|basics|gist|intuition|essence)s? (?:of|behind)|"
    r"(?<=is )the deal with|term(?= [\"']?\w+[\"']?\W*$))\b",
    r"\ban? (?:quick |short )?(?:refresher|primer|crash course|tutorial|overview|summary) (?:on|of|about)\b",
    r"^(?:please )?(?:help me (?:to )?understand|i (?:do not|don't|dont|can't|cannot) (?:understand|get|grasp)|teach me(?: about)?|"
    r"(?:give me|i need|i want)(?= an? (?:refresher|primer|crash course|tutorial|overview|summary)\b)|"
    r"i (?:want|need|would like) to (?:understand|learn about))\b",
    r"^(?:(?:yo|hey|hi|hello|wass?up|sup|bro|dude|guys|lmao|lol|um+|uh+|er+|good (?:morning|evening))\b[\s,!.]*)+",
    r"[\s,]+(?:lol|lmao|haha+|thx|bro|dude|mate|ffs|wtf|pretty please)\W*$",
    r",?\s+(?:and|n|with|plus)\s+(?:(?:give|show|include|provide)\s+)?(?:me\s+)?(?:(?:an?|some|code|simple|real)\s+)*examples?\W*$",
    r"^tl;?\s?dr(?: (?:on|of|for))?\b",
    r"\b(?:make|invent|fabricate)(?: up)? (?:a |an |some )?(?:source|citation|quote|reference|figure|number)s?",
)
LANGUAGES = frozenset(
    "javascript typescript python java kotlin swift scala golang rust ruby php perl sql css html bash c++ c#".split()
)
# Where a concept belongs, at the end of a question for its explanation: "what is a promise in JavaScript".
FIELD = re.compile(
    r",?\s+in (?:the (?:context|field|world) of )?(?P<field>(?:(?:machine|deep|statistical|reinforcement|supervised) learning|"
    r"ml|ai|nlp|llms?|computer vision|data science|statistics|maths?|(?:computer )?programming|computer science|"
    r"software engineering|web development|react|node(?:\.?js)?|"
    rf"{'|'.join(re.escape(name) for name in sorted(LANGUAGES))}))(?: (?:models|systems|code))?\W*$",
    re.I,
)
DIFFICULTY = re.compile(r"(?<!how )\b(easy|medium|hard)\b(?!-| to)", re.I)
