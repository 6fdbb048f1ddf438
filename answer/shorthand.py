"""Short for what: chat abbreviations, initials of the field, signs of programming languages."""

from __future__ import annotations

from index.words import stem

ABBREVIATIONS = {
    "msft": "Microsoft", "ms": "Microsoft", "goog": "Google", "amzn": "Amazon", "fb": "Facebook",
    "mle": "machine learning engineer", "mles": "machine learning engineers", "swe": "software engineer",
    "ds": "data scientist", "hm": "hiring manager", "oa": "online assessment", "vo": "virtual onsite",
    "tc": "total compensation", "comp": "compensation", "dsa": "data structures and algorithms",
    "algo": "algorithm", "algos": "algorithms", "lc": "LeetCode", "sys": "system", "sysdesign": "system design",
    "mlsd": "ML system design", "behav": "behavioral", "bq": "behavioral question", "nn": "neural network",
    "nns": "neural networks", "gbdt": "gradient boosted trees", "gbm": "gradient boosting", "xgb": "XGBoost",
    "prep": "preparation", "yoe": "years of experience", "exp": "experience", "hrs": "hours", "hr": "hour",
    "mins": "minutes", "wk": "week", "wks": "weeks", "yrs": "years", "qs": "questions", "ques": "questions",
    "diff": "difference", "recs": "recommendations", "recsys": "recommendation system", "reg": "regularization",
    "eval": "evaluation", "perf": "performance", "infra": "infrastructure", "intro": "introduction",
    "pls": "please", "plz": "please", "wat": "what", "abt": "about", "b/w": "between", "vs": "versus",
    "w/": "with", "w/o": "without", "u": "you", "ur": "your", "r": "are", "thru": "through", "whats": "what is",
    "hows": "how is", "dont": "do not", "doesnt": "does not", "lvl": "level", "int": "interview", "avg": "average",
    "yoy": "year over year", "oop": "object-oriented programming", "ood": "object-oriented design",
    "k8s": "Kubernetes", "js": "JavaScript", "ts": "TypeScript", "btw": "between",
    "btwn": "between", "rnd": "round", "rnds": "rounds", "im": "I am", "ive": "I have", "cant": "cannot", "wont": "will not",
     "wats": "what is", "i18n": "internationalization",
    "a11y": "accessibility", "o11y": "observability", "tho": "though", "idk": "I do not know", "wdym": "what do you mean",
}  # fmt: skip

# What short forms of one word stand for in guides ("prep", "algo"), by stem: they count as the whole word.
WHOLE_WORDS = {stem(short): stem(full) for short, full in ABBREVIATIONS.items() if len(short) > 3 and " " not in full}

# Initials of the field: written out where the guides know only the words, added where they know only the initials.
LONG_FORMS = dict(
    line.split(" ", 1)
    for line in """ab a/b test
api application programming interface
auc area under the curve
bfs breadth-first search
bst binary search tree
cdn content delivery network
cnn convolutional neural network
cors cross-origin resource sharing
cpu central processing unit
csrf cross-site request forgery
ctr click-through rate
dag directed acyclic graph
dfs depth-first search
di dependency injection
dns domain name system
dom document object model
dp dynamic programming
dpo direct preference optimisation
em expectation maximisation
gan generative adversarial network
gmm gaussian mixture model
hmm hidden markov model
ioc inversion of control
k8s kubernetes
knn k-nearest neighbours
kl kullback leibler
lda latent dirichlet allocation
lfu least frequently used
llm large language model
lru least recently used
lstm long short-term memory
mab multi-armed bandit
mae mean absolute error
mle maximum likelihood estimation
mlp multilayer perceptron
moe mixture of experts
mrr mean reciprocal rank
mse mean squared error
mst minimum spanning tree
mvc model view controller
ner named entity recognition
nlp natural language processing
orm object relational mapping
pca principal component analysis
peft parameter-efficient fine-tuning
ppo proximal policy optimisation
rag retrieval-augmented generation
rbac role-based access control
rl reinforcement learning
rlhf reinforcement learning from human feedback
rmse root mean squared error
rnn recurrent neural network
sft supervised fine-tuning
sgd stochastic gradient descent
sla service level agreement
slo service level objective
sre site reliability engineering
ssr server-side rendering
svd singular value decomposition
svm support vector machine
tdd test-driven development
tls transport layer security
vae variational autoencoder
xss cross-site scripting""".splitlines()
)
# Signs of programming languages, which no word stands for, with what they are called.
OPERATORS = {
    "===": "strict equality triple equals", "==": "loose equality double equals", "!==": "strict inequality",
    "!=": "loose inequality", "=>": "arrow function", "...": "spread", "??": "nullish coalescing", "?.": "optional chaining",
    "&&": "logical and", "||": "logical or", "++": "increment", "--": "decrement", "**": "exponentiation", ":=": "assignment",
    "<<": "shift", ">>": "shift", "%": "modulo",
}  # fmt: skip
# Words of questions that a tokeniser may not know whole and no guide need hold.
OF_QUESTIONS = frozenset(
    "summarise summarize summarised elaborate clarify enumerate recap refresher rephrase reword".split()
)
# The commonest words of questions: what is nearly one of these, and no other word, is one.
ASKING = tuple(
    "what when where which why how the does should with from write explain describe compare give list tell".split()
)
