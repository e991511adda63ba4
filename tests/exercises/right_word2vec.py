"""Right solutions of lesson 9's exercises, written in five ways, as different as they come."""

N = "import numpy as np\n"
VOCABULARY = "def vocabulary(sentences, least):\n    "
KEEP, THIN = N + "def keep(counts, threshold):\n    ", "\ndef thin(ids, chances, draws):\n    "
PAIRS = "def pairs(sentences, window):\n    "
NOISE, DRAW = N + "def noise(counts):\n    ", "\ndef draw(chances, numbers):\n    "
UPDATE = N + "def update(vectors, outputs, given, context, noise, rate):\n    "
TRAIN = "def train(pairs, epochs, rate, draw, step):\n    "
NEAR = N + "def neighbours(word, words, vectors, most):\n    "
IMPORTS = "from noise import draw, noise\nfrom pairs import pairs\nfrom subsampling import keep, thin\nfrom training import train\nfrom update import update\nfrom vocabulary import vocabulary\n"
WORD2VEC = "def word2vec(sentences, least, threshold, window, negatives, dimensions, rate, epochs):\n    "
BEGIN = "words, counts = vocabulary(sentences, least)\n    at = {w: i for i, w in enumerate(words)}\n    ids = [[at[w] for w in s if w in at] for s in sentences]\n    "

RIGHT = {
    "vocabulary": [
        "from collections import Counter\n" + VOCABULARY + "c = Counter(sum(sentences, []))\n    kept = [(-n, w) for w, n in c.items() if n >= least]\n    kept.sort()\n    return [w for _, w in kept], [-n for n, _ in kept]",
        VOCABULARY + "counts = {}\n    for s in sentences:\n        for w in s:\n            counts[w] = counts.get(w, 0) + 1\n    words = sorted(w for w in counts if counts[w] >= least)\n    words.sort(key=counts.get, reverse=True)\n    return words, [counts[w] for w in words]",
        N + VOCABULARY + "words, n = np.unique([w for s in sentences for w in s], return_counts=True)\n    order = [i for i in np.argsort(-n, kind='stable') if n[i] >= least]\n    return words[order], n[order]",
        "from itertools import chain\n" + VOCABULARY + "text = list(chain(*sentences))\n    words = [w for w in set(text) if text.count(w) >= least]\n    words = sorted(sorted(words), key=lambda w: -text.count(w))\n    return {'words': words, 'counts': [text.count(w) for w in words]}.values()",
        "from collections import defaultdict\n" + VOCABULARY + "c = defaultdict(int)\n    for s in sentences:\n        for w in s: c[w] += 1\n    pairs = sorted(c.items(), key=lambda p: (-p[1], p[0]))\n    while pairs and pairs[-1][1] < least: pairs.pop()\n    words, counts = zip(*pairs)\n    return words, counts",
    ],
    "subsampling": [
        KEEP + "f = counts / counts.sum()\n    return np.minimum(np.sqrt(threshold / f) + threshold / f, 1)" + THIN + "return [i for i, d in zip(ids, draws) if d < chances[i]]",
        KEEP + "total = sum(counts)\n    return [min(1, (threshold * total / c) ** 0.5 + threshold * total / c) for c in counts]" + THIN + "left = []\n    for place in range(len(ids)):\n        if draws[place] < chances[ids[place]]:\n            left.append(ids[place])\n    return left",
        KEEP + "f = np.array(counts) / np.sum(counts)\n    return np.clip((np.sqrt(f / threshold) + 1) * threshold / f, 0, 1)" + THIN + "ids = np.array(ids)\n    return ids[np.array(draws) < np.array(chances)[ids]]",
        "import torch\n" + KEEP + "c = torch.tensor(counts, dtype=torch.float64)\n    r = threshold * c.sum() / c\n    return (r.sqrt() + r).clamp(max=1)" + THIN + "return [i for i, gone in zip(ids, draws >= np.asarray(chances)[ids]) if not gone]",
        "import math\n" + KEEP + "def p(c):\n        f = c / sum(counts)\n        return 1 - max(0, 1 - math.sqrt(threshold / f) - threshold / f)\n    return list(map(p, counts))" + THIN + "for i, d in zip(ids, draws):\n        if chances[i] > d: yield i",
    ],
    "pairs": [
        PAIRS + "return [(s[i], s[j]) for s in sentences for i in range(len(s)) for j in range(len(s)) if i != j and abs(i - j) <= window]",
        PAIRS + "out = []\n    for s in sentences:\n        for i, g in enumerate(s):\n            for c in s[max(0, i - window):i] + s[i + 1:i + window + 1]:\n                out.append((g, c))\n    return out",
        PAIRS + "out = []\n    for s in sentences:\n        for d in range(1, window + 1):\n            for a, b in zip(s, s[d:]):\n                out += [(a, b), (b, a)]\n    return out",
        N + PAIRS + "out = [[0, 0]]\n    for s in sentences:\n        i, j = np.meshgrid(range(len(s)), range(len(s)))\n        near = (i != j) & (abs(i - j) <= window)\n        out += [[s[a], s[b]] for a, b in zip(i[near], j[near])]\n    return np.array(out)[1:]",
        PAIRS + "for s in sentences:\n        for i, g in enumerate(s):\n            for d in range(-window, window + 1):\n                if d and 0 <= i + d < len(s): yield g, s[i + d]",
    ],
    "noise": [
        NOISE + "p = np.array(counts) ** (3 / 4)\n    return p / np.sum(p)" + DRAW + "return np.searchsorted(np.cumsum(chances), numbers, side='right')",
        NOISE + "p = [c ** 0.75 for c in counts]\n    return [x / sum(p) for x in p]" + DRAW + "out = []\n    for x in numbers:\n        at = 0\n        while x > chances[at]:\n            x -= chances[at]\n            at += 1\n        out.append(at)\n    return out",
        NOISE + "p = (counts / counts.sum()) ** 0.75\n    return p / p.sum()" + DRAW + "ends = np.cumsum(chances)\n    return [int((ends <= x).sum()) for x in numbers]",
        "import torch\n" + NOISE + "return torch.nn.functional.normalize(torch.tensor(counts).double() ** 0.75, p=1, dim=0)" + DRAW + "return torch.bucketize(torch.tensor(numbers), torch.tensor(chances).cumsum(0))",
        "import bisect, itertools\n" + NOISE + "logs = 0.75 * np.log(counts)\n    e = np.exp(logs - logs.max())\n    return e / e.sum()" + DRAW + "ends = list(itertools.accumulate(chances))\n    return [bisect.bisect(ends, x) for x in numbers]",
    ],
    "update": [
        UPDATE + "rows = [context] + [w for w in noise if w != context]\n    h, u = vectors[given].copy(), outputs[rows]\n    e = 1 / (1 + np.exp(-u @ h))\n    e[0] -= 1\n    np.subtract.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] -= rate * e @ u",
        UPDATE + "h, g = vectors[given], np.zeros(vectors.shape[1])\n    for n, w in enumerate([context, *noise]):\n        if n and w == context: continue\n        step = rate * ((n == 0) - 1 / (1 + np.exp(-np.dot(outputs[w], h))))\n        g += step * outputs[w]\n        outputs[w] += step * h\n    vectors[given] += g",
        "import torch\n" + UPDATE + "v, u = (torch.tensor(a, requires_grad=True) for a in (vectors, outputs))\n    others = [int(w) for w in noise if w != context]\n    loss = -torch.nn.functional.logsigmoid(u[context] @ v[given]) - torch.nn.functional.logsigmoid(-u[others] @ v[given]).sum()\n    loss.backward()\n    vectors -= rate * v.grad.numpy()\n    outputs -= rate * u.grad.numpy()",
        UPDATE + "noise = noise[noise != context]\n    h = np.array(vectors[given])\n    s = lambda z: 0.5 * (1 + np.tanh(z / 2))\n    up = 1 - s(outputs[context] @ h)\n    down = s(outputs[noise] @ h)\n    vectors[given] += rate * (up * outputs[context] - down @ outputs[noise])\n    outputs[context] += rate * up * h\n    for w, d in zip(noise, down): outputs[w] -= rate * d * h",
        "import torch\n" + UPDATE + "v, u = torch.from_numpy(vectors), torch.from_numpy(outputs)\n    rows = torch.tensor([context] + [int(w) for w in noise if w != context])\n    e = torch.sigmoid(u[rows] @ v[given]) - torch.eye(len(rows))[0]\n    dv, du = e @ u[rows], torch.outer(e, v[given])\n    u.index_add_(0, rows, du, alpha=-rate)\n    v[given] -= rate * dv",
    ],
    "training": [
        TRAIN + "n = epochs * len(pairs)\n    for i in range(n):\n        g, c = pairs[i % len(pairs)]\n        step(g, c, draw(), rate * (n - i) / n)",
        TRAIN + "n = epochs * len(pairs)\n    for i, (g, c) in enumerate(list(pairs) * epochs):\n        step(g, c, draw(), rate - rate * i / n)",
        N + TRAIN + "rates = iter(np.linspace(rate, 0, epochs * len(pairs), endpoint=False))\n    for _ in range(epochs):\n        for pair in pairs:\n            step(*pair, draw(), next(rates))",
        TRAIN + "left, fall = rate, rate / (epochs * len(pairs))\n    for epoch in range(epochs):\n        for given, context in pairs:\n            noise = draw()\n            step(given, context, noise, left)\n            left -= fall",
        TRAIN + "for epoch in range(epochs):\n        for place, pair in enumerate(pairs):\n            done = epoch / epochs + place / len(pairs) / epochs\n            step(pair[0], pair[1], draw(), (1 - done) * rate)",
    ],
    "neighbours": [
        NEAR + "v = vectors[words.index(word)]\n    c = vectors @ v / (np.linalg.norm(vectors, axis=1) * np.linalg.norm(v))\n    c[words.index(word)] = -2\n    return [words[i] for i in c.argsort()[::-1][:most]]",
        NEAR + "v = vectors[words.index(word)]\n    cos = lambda w: vectors[words.index(w)] @ v / np.linalg.norm(vectors[words.index(w)])\n    return sorted((w for w in words if w != word), key=cos, reverse=True)[:most]",
        "import torch\n" + NEAR + "t, at = torch.tensor(vectors), words.index(word)\n    c = torch.nn.functional.cosine_similarity(t, t[at:at + 1])\n    return [words[i] for i in c.topk(most + 1).indices if i != at]",
        "from sklearn.neighbors import NearestNeighbors\n" + NEAR + "at = words.index(word)\n    found = NearestNeighbors(metric='cosine').fit(vectors).kneighbors(vectors[[at]], most + 1, return_distance=False)[0]\n    return [words[i] for i in found[1:]]",
        NEAR + "unit = vectors / np.sqrt((vectors ** 2).sum(axis=1))[:, None]\n    d = np.linalg.norm(unit - unit[words.index(word)], axis=1)\n    return np.array(words)[np.argsort(d)][1:most + 1]",
    ],
    "together": [
        N + IMPORTS + WORD2VEC + BEGIN + "p, q = keep(counts, threshold), noise(counts)\n    ids = [thin(s, p, np.random.rand(len(s))) for s in ids]\n    v, u = np.random.uniform(-0.1, 0.1, (len(words), dimensions)), np.zeros((len(words), dimensions))\n    train(pairs(ids, window), epochs, rate, lambda: draw(q, np.random.rand(negatives)), lambda g, c, n, r: update(v, u, g, c, n, r))\n    return words, v",
        N + IMPORTS + "class Model:\n    def __init__(self, size, q, k):\n        self.r = np.random.default_rng()\n        self.v, self.u, self.q, self.k = self.r.normal(0, 0.05, size), np.zeros(size), q, k\n    def draw(self):\n        return draw(self.q, self.r.random(self.k))\n    def step(self, *asked):\n        update(self.v, self.u, *asked)\n" + WORD2VEC + BEGIN + "p, m = keep(counts, threshold), Model((len(words), dimensions), noise(counts), negatives)\n    train(pairs([thin(s, p, m.r.random(len(s))) for s in ids], window), epochs, rate, m.draw, m.step)\n    return words, m.v",
        N + "import noise as n, pairs as p, subsampling as s, training as t, update as u, vocabulary as v\n" + WORD2VEC + BEGIN.replace("vocabulary(", "v.vocabulary(") + "chances = s.keep(counts, threshold)\n    left = [s.thin(each, chances, np.random.random(len(each))) for each in ids]\n    a, b = (np.random.randn(len(words), dimensions) / 10 for _ in range(2))\n    q = n.noise(counts)\n    t.train(p.pairs(left, window), epochs, rate, lambda: np.random.choice(len(words), negatives, p=q), lambda *x: u.update(a, b, *x))\n    return words, a",
        "import random\n" + N + IMPORTS + "from functools import partial\n" + WORD2VEC + BEGIN + "p, q = keep(counts, threshold), noise(counts)\n    left = [thin(s, p, [random.random() for _ in s]) for s in ids]\n    v = np.array([[random.gauss(0, 0.1) for _ in range(dimensions)] for _ in words])\n    u = np.zeros_like(v)\n    train(pairs(left, window), epochs, rate, lambda: draw(q, [random.random() for _ in range(negatives)]), partial(update, v, u))\n    return words, v",
        "import torch\n" + IMPORTS + WORD2VEC + BEGIN + "g = torch.Generator().manual_seed(7)\n    p, q = keep(counts, threshold), torch.tensor(noise(counts))\n    left = [thin(s, p, torch.rand(len(s), generator=g).tolist()) for s in ids]\n    v, u = (torch.rand(len(words), dimensions, generator=g, dtype=torch.double) - 0.5) / dimensions, torch.zeros(len(words), dimensions).double()\n    train(pairs(left, window), epochs, rate, lambda: torch.multinomial(q, negatives, True, generator=g).tolist(), lambda a, c, n, r: update(v.numpy(), u.numpy(), a, c, n, r))\n    return words, v",
    ],
}  # fmt: skip
