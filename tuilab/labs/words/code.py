"""Word2vec as a plain torch program, with the learner's settings: the same draws in the same order."""

from tuilab.labs.home import TIMES
from tuilab.labs.words.spec import Words

GROUP, SHARED = 3, 32  # blocks that take a step together, and noise words of each; as the engine has them
_CHANCE = "\n# one thread; with two, what one sees of the other's steps is left to chance"

_OPENED = """\
from collections import Counter
import torch
from tuilab.corpora.catalogue import open_corpus
{chance}
sentences = list(open_corpus({corpus}).sentences())  # lists of words: take your own"""
_SKIPGRAM = """\
    v, others = vectors[middle], torch.cat([around, noise])
    u = outputs[others]
    error = torch.sigmoid(v @ u.T)  # of each word with each: (64, columns)
    error[:, :columns] -= 1  # a neighbour should say 1, noise 0
    error[:, :columns] *= near
    error[:, columns:] *= near.sum(1, keepdim=True) * {k} / {shared}
    steps[0].append((middle, error @ u))
    steps[1].append((others, error.T @ v))"""
_CBOW = """\
    share = near / near.sum(1, keepdim=True).clamp(min=1)
    mean, u, un = share @ vectors[around], outputs[middle], outputs[noise]
    there = near.any(1, keepdim=True)
    error = (torch.sigmoid((mean * u).sum(1, keepdim=True)) - 1) * there  # the word in the middle should say 1
    noisy = torch.sigmoid(mean @ un.T) * there * {k} / {shared}  # noise 0
    steps[0].append((around, share.T @ (error * u + noisy @ un)))
    steps[1].append((torch.cat([middle, noise]), torch.cat([error * mean, noisy.T @ mean])))"""


_LOST = {
    "skipgram": """\
    of_pair = functional.softplus(-(vectors[middle] @ outputs[around].T)) * near
    of_noise = functional.softplus(vectors[middle] @ outputs[noise].T) * near.sum(1, keepdim=True)
    return torch.stack([of_pair.sum() + {k} / {shared} * of_noise.sum(), near.sum()])""",
    "cbow": """\
    there = near.any(1, keepdim=True)
    mean = near / near.sum(1, keepdim=True).clamp(min=1) @ vectors[around]
    of_pair = functional.softplus(-(mean * outputs[middle]).sum(1, keepdim=True)) * there
    of_noise = functional.softplus(mean @ outputs[noise].T) * there
    return torch.stack([of_pair.sum() + {k} / {shared} * of_noise.sum(), there.sum()])""",
}
_LOSS_OF = """\


def loss_of(middle, around, noise, near):  # the sum of the losses of a block's pairs, and how many there are
{body}
"""
_UNPACKED = """\
import base64
import bz2
from collections import Counter

import torch
from torch.nn import functional

with open(__file__, encoding="utf-8") as file:  # the text stands at its end
    packed = "".join(line[{mark}:].strip() for line in file if line.startswith({text!r}))
sentences = [line.split() for line in bz2.decompress(base64.b85decode(packed)).decode().split("\\n")]"""
TEXT = "#: "  # what the lines of a text that is carried begin with


def code(spec: Words) -> str:
    """A program that trains the same vectors and prints the neighbours of a word."""
    return _written(spec, "total")


def program(spec: Words, steps: int) -> str:
    """The same for so many steps, 0 for all, the loss of each told to `told`.

    It reads its text out of its own lines that begin with TEXT: sentences in base 85, compressed by bz2, a line each.
    """
    return _written(spec, str(steps or "total"), home=True)


def _written(spec: Words, steps: str, home: bool = False) -> str:
    body = (_SKIPGRAM if spec.model == "skipgram" else _CBOW).format(k=spec.negatives, shared=SHARED)
    pairs = f"{64 * GROUP} * {spec.window + 1}" if spec.model == "skipgram" else str(64 * GROUP)
    lost = measured = lose = result = tell = ""
    told = "train("
    if home:
        lost = _LOSS_OF.format(body=_LOST[spec.model].format(k=spec.negatives, shared=SHARED))
        measured = "            if group == 0:  # the loss is that of the first, before\n"
        measured += "                lost += loss_of(ids[i], ids[j], noise[block], near)\n"
        lose, told = "    lost = torch.zeros(2)\n", "loss = train("
        result, tell = "    return (lost[0] / lost[1].clamp(min=1)).item()\n", "    told(step + 1, loss)\n"
    least = repr(min(1e-4, spec.rate)) + (f"){TIMES}" if home else ")")
    opened = (
        _UNPACKED.format(mark=len(TEXT), text=TEXT)
        if home
        else _OPENED.format(corpus=_corpus(spec), chance=_CHANCE if spec.threads > 1 else "")
    )
    return f"""\
{opened}
count = Counter(word for sentence in sentences for word in sentence)
words = sorted((w for w in count if count[w] >= {spec.min_count}), key=lambda w: (-count[w], w))
place = {{word: n for n, word in enumerate(words)}}
text = [[place[w] for w in sentence if w in place] for sentence in sentences]
ids = torch.tensor([id for sentence in text for id in sentence])
sentence = torch.tensor([n for n, sentence in enumerate(text) for id in sentence])

generator = torch.Generator().manual_seed({spec.seed})
vectors = (torch.rand(len(words), {spec.dimensions}, generator=generator) - 0.5) / {spec.dimensions}
outputs = torch.zeros(len(words), {spec.dimensions})
counts = torch.tensor([count[word] for word in words], dtype=torch.float64)
{_keep(spec)}
noise_share = counts**0.75 / (counts**0.75).sum()

# words that occur again and again in {64 * GROUP} of the text take shorter steps
share = counts * keep / (counts * keep).sum()
scale = {spec.rate!r} * {pairs}
shorter = [(3 / (scale * share * {1 + spec.negatives})).clamp(max=1).float()[:, None],
           (3 / (scale * (share + {spec.negatives} * noise_share))).clamp(max=1).float()[:, None]]


def gradients(middle, around, noise, near, steps):
    columns = len(around)
{body}
{lost}

def train(ids, sentence, lr):
    stays = torch.rand(len(ids), generator=generator, dtype=torch.float64) < keep[ids]
    ids, sentence = ids[stays], sentence[stays]
    size = torch.randint(1, {spec.window + 1}, (len(ids),), generator=generator)  # of each word's window
    blocks = max(1, -(-len(ids) // 64))
    drawn = torch.rand(blocks, {SHARED}, generator=generator, dtype=torch.float64)
    noise = torch.searchsorted(noise_share.cumsum(0), drawn).clamp(max=len(words) - 1)
{lose}    for group in range(0, blocks, {GROUP}):
        steps = [], []
        for block in range(group, min(group + {GROUP}, blocks)):
            i = torch.arange(64 * block, min(64 * block + 64, len(ids)))
            j = torch.arange(max(0, 64 * block - {spec.window}), min(64 * block + 64 + {spec.window}, len(ids)))
            distance = (i[:, None] - j).abs()
            near = (distance <= size[i, None]) & (distance > 0) & (sentence[i, None] == sentence[j])
{measured}            gradients(ids[i], ids[j], noise[block], near, steps)
        for table, found, short in zip((vectors, outputs), steps, shorter):
            for row, gradient in found:
                table.index_add_(0, row, short[row] * gradient, alpha=-lr)
{result}

stretches = list(zip(ids.split(16384), sentence.split(16384)))
total = {spec.epochs} * len(stretches)
for step in range({steps}):
    {told}*stretches[step % len(stretches)], max({spec.rate!r} * (1 - step / total), {least})
{tell}
unit = torch.nn.functional.normalize(vectors)
asked = words[0] if {_first(spec)!r} not in place else {_first(spec)!r}
cosines, nearest = (unit @ unit[place[asked]]).topk(min(6, len(words)))
print(asked, [(words[n], round(c, 3)) for c, n in zip(cosines[1:].tolist(), nearest[1:].tolist())])
"""


def _keep(spec: Words) -> str:
    if not spec.sample:
        return "keep = torch.ones(len(words), dtype=torch.float64)  # every word stays"
    return (
        f"rarity = {spec.sample!r} * counts.sum() / counts\n"
        "keep = (rarity.sqrt() + rarity).clamp(max=1)  # how often a word stays in the text"
    )


def _corpus(spec: Words) -> str:
    return repr(spec.corpus) + (f", {spec.encoding!r}" if spec.encoding != "auto" else "")


def _first(spec: Words) -> str:
    return spec.watched[0] if spec.watched else "king"
