"""What the window makes of the sentence, as a few lines of Python with the draws of torch."""

from tuilab.labs.window.spec import Window, words_of

_SUBSAMPLING = """\
# a word with a share f of the text stays with probability sqrt(s/f) + s/f
share = torch.tensor([words.count(word) / len(words) for word in words], dtype=torch.double)
keep = torch.sqrt(sample / share) + sample / share
draws = torch.rand(len(words), generator=generator, dtype=torch.double)
words = [word for word, p, draw in zip(words, keep, draws) if draw < p]
"""
_SHRUNK = "reach = torch.randint(1, window + 1, (len(words),), generator=generator).tolist()"
_FULL = "reach = [window] * len(words)"
_SKIPGRAM = """\
    for word in context:
        print(target, "->", word)
"""
_CBOW = """\
    if context:
        print(*context, "->", target)
"""


def code(spec: Window) -> str:
    """A program that prints a line for each pair, or for each example."""
    draws = spec.sample > 0 or spec.shrink == "yes"
    parts = [
        "import torch\n" if draws else "",
        f"words = {words_of(spec.sentence)!r}",
        f"window = {spec.size}  # words to either side",
        f"sample = {spec.sample!r}" if spec.sample else "",
        f"generator = torch.Generator().manual_seed({spec.seed})" if draws else "",
        "\n" + _SUBSAMPLING if spec.sample else "",
        ("# each target draws how far it looks\n" + _SHRUNK) if spec.shrink == "yes" else _FULL,
        "for t, target in enumerate(words):",
        "    context = words[max(0, t - reach[t]) : t] + words[t + 1 : t + 1 + reach[t]]",
        _SKIPGRAM if spec.model == "skipgram" else _CBOW,
    ]
    return "\n".join(part for part in parts if part)
