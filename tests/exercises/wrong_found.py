"""What a newcomer got wrong in lesson 9, and once in lesson 7: the exercise, a part of its sentence, the code."""

from tests.exercises.more_wrong import GENERATE
from tests.exercises.right_word2vec import DRAW, KEEP, NEAR, NOISE, PAIRS, RIGHT, THIN, TRAIN, UPDATE
from tests.exercises.wrong_word2vec import DREW, ROWS, THINNED

UNWRITTEN = "raise NotImplementedError"
CUT = KEEP + "f = counts / counts.sum()\n    return np.minimum(1, np.sqrt(threshold / f) + threshold / f)"
RAISED = NOISE + "p = np.array(counts) ** 0.75\n    return p / p.sum()"
LOOP = UPDATE + "for w in [context] + [w for w in noise if w != context]:\n        "
ERROR = "e = 1 / (1 + np.exp(-outputs[w] @ vectors[given])) - (w == context)\n        "
AT_ONCE = (
    ROWS
    + "h, u = vectors[given].copy(), outputs[rows]\n    e = {}\n    np.subtract.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] -= {}e @ u"
)
ONE_BY_ONE = "h, g = vectors[given].copy(), 0\n    for n, w in enumerate([context, *noise]):\n        if n and w == context: continue\n        u = outputs[w].copy()\n        e = {}\n        g = g + {}e * u\n        outputs[w] -= rate * e * h\n    vectors[given] -= g"
SIGMOID = (
    "import torch\n"
    + UPDATE
    + ROWS
    + "v, u = torch.from_numpy(vectors), torch.from_numpy(outputs)\n    e = {}\n    dv, du = e @ u[rows], torch.outer(e, v[given])\n    u.index_add_(0, torch.tensor(rows), du, alpha=-rate)\n    v[given] -= {}dv"
)
TAKE = "step(g, c, draw(), rate * (1 - i / n))"
PASSES = TRAIN + "n = epochs * len(pairs)\n    for i, (g, c) in enumerate(list(pairs) * epochs):\n        "
COSINES = "v = vectors[words.index(word)]\n    c = vectors @ v / np.linalg.norm(vectors, axis=1)\n    "
SAYS = "y = model(torch.tensor(w).float().view(1, -1, 1))[0, -1].item()\n        out.append(y)\n        "

ABOVE, PLACED = ("subsampling", "Some are above 1"), ("subsampling", "by the place in the sentence")
ROUND = ("pairs", "The window goes round")
UNDIVIDED, ANEW = ("noise", "not divided by their sum"), ("noise", "draws by itself")
LABEL, PLUS = ("update", "The label is left out"), ("update", "The label is added")
TURNED, NO_RATE = ("update", "The sign in σ is wrong"), ("update", "left out of the step of v")
IN_LOOP = ("update", "In one loop a row moves before")
COMPOUND, UNCALLED = ("training", "multiplied again with each step"), ("training", "`draw` is not called")
SHUFFLED = ("training", "The pairs are shuffled")
IDS, BOTH = ("neighbours", "These are ids"), ("neighbours", "and the word itself is among")
IN_FRONT = ("generate", "in front of the window; the newest value stands last")
REPLACED = ("generate", "takes the place of the newest value")

ONE_NOISE, ONE_DRAW = ("together", "Each pair has one noise word"), ("together", "by one draw")
PLAIN, CLASS, _, PURE, TORCH = RIGHT["together"]

FOUND = [
    (*ONE_NOISE, PLAIN.replace("np.random.rand(negatives)", "np.random.rand(1)")),
    (*ONE_NOISE, CLASS.replace("self.r.random(self.k)", "self.r.random(1)")),
    (*ONE_NOISE, TORCH.replace("negatives, True", "1, True")),
    (*ONE_DRAW, PLAIN.replace("np.random.rand(len(s))", "np.random.rand()")),
    (*ONE_DRAW, CLASS.replace("m.r.random(len(s))", "[m.r.random()] * len(s)")),
    (*ONE_DRAW, PURE.replace("[random.random() for _ in s]", "np.full(len(s), random.random())")),
    (*ABOVE, KEEP + "f = counts / counts.sum()\n    return np.sqrt(threshold / f) + threshold / f" + THINNED),
    (*ABOVE, KEEP + "return [(threshold * sum(counts) / c) ** 0.5 + threshold * sum(counts) / c for c in counts]" + THIN + UNWRITTEN),
    (*ABOVE, KEEP + "f = counts / sum(counts)\n    return (np.sqrt(f / threshold) + 1) * threshold / f" + THIN + "return [i for i, p, d in zip(ids, chances, draws) if d < p]"),
    (*PLACED, CUT + THIN + "return [i for i, p, d in zip(ids, chances, draws) if d < p]"),
    (*PLACED, CUT + THIN + "left = []\n    for d, i, p in zip(draws, ids, chances):\n        if p > d: left.append(i)\n    return left"),
    (*PLACED, CUT + THIN + "n = min(len(ids), len(chances))\n    return np.array(ids)[:n][np.array(draws)[:n] < np.array(chances)[:n]]"),
    (*ROUND, PAIRS + "return [(s[p], s[o]) for s in sentences for p in range(len(s)) for o in range(p - window, min(len(s), p + window + 1)) if o != p]"),
    (*ROUND, PAIRS + "out = []\n    for s in sentences:\n        for p, g in enumerate(s):\n            for o in range(p - window, p + window + 1):\n                if o != p and o < len(s): out.append((g, s[o]))\n    return out"),
    (*ROUND, PAIRS + "for s in sentences:\n        for p, g in enumerate(s):\n            for d in range(-window, window + 1):\n                if d != 0 and p + d < len(s): yield g, s[p + d]"),
    (*UNDIVIDED, NOISE + "return np.array(counts) ** 0.75" + DREW),
    (*UNDIVIDED, NOISE + "return [c ** (3 / 4) for c in counts]" + DRAW + UNWRITTEN),
    (*UNDIVIDED, NOISE + "p = counts ** 0.75\n    p / p.sum()\n    return p" + DRAW + "return np.random.choice(len(chances), len(numbers), p=chances)"),
    (*ANEW, RAISED + DRAW + "return np.random.choice(len(chances), len(numbers), p=chances)"),
    (*ANEW, RAISED + DRAW + "return np.random.default_rng().choice(np.arange(len(chances)), size=len(numbers), p=chances)"),
    (*ANEW, "import random\n" + RAISED + DRAW + "return [random.choices(range(len(chances)), chances)[0] for x in numbers]"),
    (*IN_LOOP, LOOP + ERROR + "outputs[w] -= rate * e * vectors[given]\n        vectors[given] -= rate * e * outputs[w]"),
    (*IN_LOOP, LOOP + ERROR + "vectors[given] -= rate * e * outputs[w]\n        outputs[w] -= rate * e * vectors[given]"),
    (*IN_LOOP, "import torch\n" + LOOP + "h, u = torch.from_numpy(vectors)[given], torch.from_numpy(outputs)[w]\n        e = torch.sigmoid(u @ h) - float(w == context)\n        u -= rate * e * h\n        h -= rate * e * u"),
    (*LABEL, UPDATE + AT_ONCE.format("1 / (1 + np.exp(-u @ h))", "rate * ")),
    (*LABEL, UPDATE + ONE_BY_ONE.format("1 / (1 + np.exp(-(u @ h)))", "rate * ")),
    (*LABEL, SIGMOID.format("torch.sigmoid(u[rows] @ v[given])", "rate * ")),
    (*PLUS, UPDATE + AT_ONCE.format("1 / (1 + np.exp(-u @ h)) + np.eye(len(rows))[0]", "rate * ")),
    (*PLUS, UPDATE + ONE_BY_ONE.format("1 / (1 + np.exp(-(u @ h))) + (n == 0)", "rate * ")),
    (*PLUS, SIGMOID.format("torch.sigmoid(u[rows] @ v[given]) + torch.eye(len(rows))[0]", "rate * ")),
    (*TURNED, UPDATE + AT_ONCE.format("1 / (1 + np.exp(u @ h)) - np.eye(len(rows))[0]", "rate * ")),
    (*TURNED, UPDATE + ONE_BY_ONE.format("1 / (1 + np.exp(u @ h)) - (n == 0)", "rate * ")),
    (*TURNED, SIGMOID.format("torch.sigmoid(-u[rows] @ v[given]) - torch.eye(len(rows))[0]", "rate * ")),
    (*NO_RATE, UPDATE + AT_ONCE.format("1 / (1 + np.exp(-u @ h)) - np.eye(len(rows))[0]", "")),
    (*NO_RATE, UPDATE + ONE_BY_ONE.format("1 / (1 + np.exp(-(u @ h))) - (n == 0)", "")),
    (*NO_RATE, SIGMOID.format("torch.sigmoid(u[rows] @ v[given]) - torch.eye(len(rows))[0]", "")),
    (*COMPOUND, PASSES + "rate = rate * (1 - i / n)\n        step(g, c, draw(), rate)"),
    (*COMPOUND, PASSES + "rate *= (n - i) / n\n        step(g, c, draw(), rate)"),
    (*COMPOUND, TRAIN + "n, i = epochs * len(pairs), 0\n    for _ in range(epochs):\n        for g, c in pairs:\n            rate -= rate * i / n\n            step(g, c, draw(), rate)\n            i += 1"),
    (*UNCALLED, PASSES + TAKE.replace("draw()", "draw")),
    (*UNCALLED, TRAIN + "for i in range(n := epochs * len(pairs)): step(*pairs[i % len(pairs)], draw, rate - rate * i / n)"),
    (*UNCALLED, PASSES + "noise = draw\n        step(g, c, noise, rate * (1 - i / n))"),
    (*SHUFFLED, "import random\n" + TRAIN + "random.shuffle(pairs)\n    n = epochs * len(pairs)\n    for i, (g, c) in enumerate(pairs * epochs): " + TAKE),
    (*SHUFFLED, "import numpy as np\n" + TRAIN + "n, i = epochs * len(pairs), 0\n    for _ in range(epochs):\n        for at in np.random.permutation(len(pairs)):\n            g, c = pairs[at]\n            " + TAKE + "\n            i += 1"),
    (*SHUFFLED, "import torch\n" + TRAIN + "n, i = epochs * len(pairs), 0\n    for _ in range(epochs):\n        for g, c in torch.tensor(pairs)[torch.randperm(len(pairs))].tolist():\n            " + TAKE + "\n            i += 1"),
    (*IDS, NEAR + COSINES + "c[words.index(word)] = -np.inf\n    return np.argsort(-c)[:most]"),
    (*IDS, NEAR + COSINES + "return [i for i in c.argsort()[::-1] if i != words.index(word)][:most]"),
    (*IDS, "import torch\n" + NEAR + "t, at = torch.tensor(vectors), words.index(word)\n    c = torch.nn.functional.cosine_similarity(t, t[at:at + 1])\n    return [i for i in c.topk(most + 1).indices if i != at]"),
    (*BOTH, NEAR + "s = vectors @ vectors[words.index(word)]\n    return [words[i] for i in np.argsort(-s)[:most]]"),
    (*BOTH, NEAR + "v = vectors[words.index(word)]\n    return sorted(words, key=lambda w: -np.dot(vectors[words.index(w)], v))[:most]"),
    (*BOTH, "import torch\n" + NEAR + "t = torch.tensor(vectors)\n    return [words[i] for i in (t @ t[words.index(word)]).topk(most).indices]"),
    (*IN_FRONT, GENERATE + SAYS + "w = [y] + w[1:]\n    return out"),
    (*IN_FRONT, GENERATE + SAYS + "w[0] = y\n    return out"),
    (*IN_FRONT, GENERATE + SAYS + "w.pop(0)\n        w.insert(0, y)\n    return out"),
    (*REPLACED, GENERATE + SAYS + "w = w[:-1] + [y]\n    return out"),
    (*REPLACED, GENERATE + SAYS + "w[-1] = y\n    return out"),
    (*REPLACED, GENERATE + SAYS + "w.pop()\n        w.append(y)\n    return out"),
]  # fmt: skip
