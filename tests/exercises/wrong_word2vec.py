"""The slips of lesson 9, each written in three ways: the exercise, a part of its sentence, the code."""

from tests.exercises.right_word2vec import DRAW, IMPORTS, KEEP, NEAR, NOISE, PAIRS, THIN, TRAIN, UPDATE, WORD2VEC, N

DREW = DRAW + "return np.searchsorted(np.cumsum(chances), numbers)"
THINNED = THIN + "return [i for i, d in zip(ids, draws) if d < chances[i]]"
ROWS = "rows = [context] + [int(w) for w in noise if w != context]\n    "

UNRAISED, LATE = ("noise", "The power is left out"), ("noise", "The power comes after the division")
ITSELF, ACROSS = ("pairs", "counts the word itself"), ("pairs", "crosses the ends of sentences")
GONE = ("subsampling", "the probability to go")
TARGET, SIGN = ("update", "is among the noise words and is pushed away too"), ("update", "The sign is wrong")
TABLES, MOVED = ("update", "The two tables are confused"), ("update", "rows of `outputs` that have moved already")
PRODUCT, OWN = ("neighbours", "This is the product"), ("neighbours", "its own neighbour")
CONSTANT = ("training", "The rate never falls")

WRONG = [
    (*UNRAISED, NOISE + "return np.array(counts) / sum(counts)" + DREW),
    (*UNRAISED, NOISE + "total = sum(counts)\n    return [c / total for c in counts]" + DREW),
    (*UNRAISED, "import torch\n" + NOISE + "c = torch.tensor(counts).double()\n    return c / c.sum()" + DREW),
    (*LATE, NOISE + "p = counts / counts.sum()\n    return p ** 0.75" + DREW),
    (*LATE, NOISE + "return [(c / sum(counts)) ** (3 / 4) for c in counts]" + DREW),
    (*LATE, NOISE + "return np.power(counts / np.sum(counts), 0.75)" + DREW),
    (*ITSELF, PAIRS + "return [(s[i], c) for s in sentences for i in range(len(s)) for c in s[max(0, i - window):i + window + 1]]"),
    (*ITSELF, PAIRS + "return [(s[i], s[j]) for s in sentences for i in range(len(s)) for j in range(len(s)) if abs(i - j) <= window]"),
    (*ITSELF, PAIRS + "out = []\n    for s in sentences:\n        for i, g in enumerate(s):\n            for d in range(-window, window + 1):\n                if 0 <= i + d < len(s): out.append([g, s[i + d]])\n    return out"),
    (*ACROSS, PAIRS + "s = sum(sentences, [])\n    return [(s[i], s[j]) for i in range(len(s)) for j in range(len(s)) if i != j and abs(i - j) <= window]"),
    (*ACROSS, PAIRS + "t = [w for s in sentences for w in s]\n    out = []\n    for d in range(1, window + 1):\n        for a, b in zip(t, t[d:]): out += [(a, b), (b, a)]\n    return out"),
    (*ACROSS, N + PAIRS + "t = np.concatenate([np.array(s, int) for s in sentences]).tolist()\n    for i, g in enumerate(t):\n        for c in t[max(0, i - window):i] + t[i + 1:i + window + 1]: yield g, c"),
    (*GONE, KEEP + "f = counts / counts.sum()\n    return np.maximum(0, 1 - np.sqrt(threshold / f) - threshold / f)" + THINNED),
    (*GONE, KEEP + "r = threshold * sum(counts) / np.array(counts)\n    return 1 - np.clip(r ** 0.5 + r, 0, 1)" + THINNED),
    (*GONE, KEEP + "gone = []\n    for c in counts:\n        r = threshold / (c / sum(counts))\n        gone.append(1 - min(1, r + r ** 0.5))\n    return gone" + THINNED),
    (*TARGET, UPDATE + "h, rows = vectors[given].copy(), [context, *noise]\n    u = outputs[rows]\n    e = 1 / (1 + np.exp(-u @ h))\n    e[0] -= 1\n    np.subtract.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] -= rate * e @ u"),
    (*TARGET, "import torch\n" + UPDATE + "v, u = (torch.tensor(a, requires_grad=True) for a in (vectors, outputs))\n    f = torch.nn.functional.logsigmoid\n    (-f(u[context] @ v[given]) - f(-u[noise.tolist()] @ v[given]).sum()).backward()\n    vectors -= rate * v.grad.numpy()\n    outputs -= rate * u.grad.numpy()"),
    (*TARGET, UPDATE + "h, s = vectors[given].copy(), lambda z: 1 / (1 + np.exp(-z))\n    up, down = 1 - s(outputs[context] @ h), s(outputs[noise] @ h)\n    vectors[given] += rate * (up * outputs[context] - down @ outputs[noise])\n    outputs[context] += rate * up * h\n    for w, d in zip(noise, down): outputs[w] -= rate * d * h"),
    (*SIGN, UPDATE + ROWS + "h, u = vectors[given].copy(), outputs[rows]\n    e = 1 / (1 + np.exp(-u @ h))\n    e[0] -= 1\n    np.add.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] += rate * e @ u"),
    (*SIGN, UPDATE + "h, g, moves = vectors[given].copy(), 0, []\n    for w, label in [(context, 1)] + [(w, 0) for w in noise if w != context]:\n        e = label - 1 / (1 + np.exp(-(outputs[w] @ h)))\n        g = g + e * outputs[w]\n        moves.append((w, e))\n    for w, e in moves: outputs[w] -= rate * e * h\n    vectors[given] -= rate * g"),
    (*SIGN, "import torch\n" + UPDATE + ROWS + "v, u = (torch.tensor(a, requires_grad=True) for a in (vectors, outputs))\n    z = u[rows] @ v[given]\n    torch.nn.functional.binary_cross_entropy_with_logits(z, torch.eye(len(rows))[0].double(), reduction='sum').backward()\n    vectors += rate * v.grad.numpy()\n    outputs += rate * u.grad.numpy()"),
    (*TABLES, UPDATE + ROWS + "h, u = outputs[given].copy(), vectors[rows]\n    e = 1 / (1 + np.exp(-u @ h))\n    e[0] -= 1\n    np.subtract.at(vectors, rows, rate * np.outer(e, h))\n    outputs[given] -= rate * e @ u"),
    (*TABLES, UPDATE.replace("(vectors, outputs", "(outputs, vectors") + ROWS + "h, u = vectors[given].copy(), outputs[rows]\n    e = 1 / (1 + np.exp(-u @ h)) - np.eye(len(rows))[0]\n    np.subtract.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] -= rate * e @ u"),
    (*TABLES, "import torch\n" + UPDATE + ROWS + "u, v = (torch.tensor(a, requires_grad=True) for a in (vectors, outputs))\n    f = torch.nn.functional.logsigmoid\n    (-f(u[context] @ v[given]) - f(-u[rows[1:]] @ v[given]).sum()).backward()\n    outputs -= rate * v.grad.numpy()\n    vectors -= rate * u.grad.numpy()"),
    (*MOVED, UPDATE + "h, g = vectors[given].copy(), 0\n    for w, label in [(context, 1)] + [(w, 0) for w in noise if w != context]:\n        e = 1 / (1 + np.exp(-(outputs[w] @ h))) - label\n        outputs[w] -= rate * e * h\n        g = g + e * outputs[w]\n    vectors[given] -= rate * g"),
    (*MOVED, UPDATE + ROWS + "h = vectors[given].copy()\n    e = 1 / (1 + np.exp(-outputs[rows] @ h))\n    e[0] -= 1\n    np.subtract.at(outputs, rows, rate * np.outer(e, h))\n    vectors[given] -= rate * e @ outputs[rows]"),
    (*MOVED, "import torch\n" + UPDATE + ROWS + "v, u = torch.from_numpy(vectors), torch.from_numpy(outputs)\n    e = torch.sigmoid(u[rows] @ v[given]) - torch.eye(len(rows))[0]\n    u.index_add_(0, torch.tensor(rows), torch.outer(e, v[given]), alpha=-rate)\n    v[given] -= rate * (e @ u[rows])"),
    (*CONSTANT, TRAIN + "for _ in range(epochs):\n        for g, c in pairs: step(g, c, draw(), rate)"),
    (*CONSTANT, TRAIN + "for g, c in list(pairs) * epochs:\n        step(g, c, draw(), rate)"),
    (*CONSTANT, TRAIN + "done, total = 0, epochs * len(pairs)\n    while done < total:\n        g, c = pairs[done % len(pairs)]\n        step(g, c, draw(), rate * (1 - done // total))\n        done += 1"),
    (*PRODUCT, NEAR + "s = vectors @ vectors[words.index(word)]\n    s[words.index(word)] = -np.inf\n    return [words[i] for i in np.argsort(-s)[:most]]"),
    (*PRODUCT, NEAR + "v = vectors[words.index(word)]\n    return sorted((w for w in words if w != word), key=lambda w: -np.dot(vectors[words.index(w)], v))[:most]"),
    (*PRODUCT, "import torch\n" + NEAR + "t, at = torch.tensor(vectors), words.index(word)\n    s = t @ (t[at] / t[at].norm())\n    s[at] = -99\n    return [words[i] for i in s.topk(most).indices]"),
    (*OWN, NEAR + "v = vectors[words.index(word)]\n    c = vectors @ v / np.linalg.norm(vectors, axis=1)\n    return [words[i] for i in c.argsort()[::-1][:most]]"),
    (*OWN, "import torch\n" + NEAR + "t, at = torch.tensor(vectors), words.index(word)\n    return [words[i] for i in torch.nn.functional.cosine_similarity(t, t[at:at + 1]).topk(most).indices]"),
    (*OWN, NEAR + "v = vectors[words.index(word)]\n    cos = lambda w: vectors[words.index(w)] @ v / np.linalg.norm(vectors[words.index(w)])\n    return sorted(words, key=cos, reverse=True)[:most]"),
]  # fmt: skip

MORE = [
    ("vocabulary", "`reverse=True` goes for both", "from collections import Counter\ndef vocabulary(sentences, least):\n    c = Counter(sum(sentences, []))\n    p = sorted(((n, w) for w, n in c.items() if n >= least), reverse=True)\n    return [w for _, w in p], [n for n, _ in p]"),
    ("vocabulary", "as they come in the text", "from collections import Counter\ndef vocabulary(sentences, least):\n    c = {w: n for w, n in Counter(sum(sentences, [])).items() if n >= least}\n    w = sorted(c, key=c.get, reverse=True)\n    return w, [c[x] for x in w]"),
    ("pairs", "counted from the end", PAIRS + "out = []\n    for s in sentences:\n        for i in range(len(s)):\n            out += [(s[i], c) for c in s[i - window:i]] + [(s[i], c) for c in s[i + 1:i + window + 1]]\n    return out"),
    ("pairs", "so compare places", PAIRS + "return [(g, c) for s in sentences for i, g in enumerate(s) for c in s[max(0, i - window):i + window + 1] if c != g]"),
    ("update", "is there twice counts once", UPDATE + ROWS + "h, u = vectors[given].copy(), outputs[rows]\n    e = 1 / (1 + np.exp(-u @ h))\n    e[0] -= 1\n    outputs[rows] -= rate * np.outer(e, h)\n    vectors[given] -= rate * e @ u"),
    ("training", "begins anew with the next", TRAIN + "for _ in range(epochs):\n        for i, (g, c) in enumerate(pairs): step(g, c, draw(), rate * (1 - i / len(pairs)))"),
    ("noise", "divided by 4", NOISE + "p = np.array(counts) ** 3 / 4\n    return p / p.sum()" + DREW),
    ("neighbours", "the nearest comes last", NEAR + "v = vectors[words.index(word)]\n    c = vectors @ v / np.linalg.norm(vectors, axis=1)\n    return [words[i] for i in np.argsort(c)[-most - 1:-1]]"),
    ("together", "has no id: leave it out", N + IMPORTS + WORD2VEC + "words, counts = vocabulary(sentences, least)\n    at = dict(zip(words, range(len(words))))\n    return words, [[at[w] for w in s] for s in sentences]"),
]  # fmt: skip
