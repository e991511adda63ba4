"""Runs the window lab."""

import torch

from tuilab.engine.words.pairs import Example, examples, pairs, shrunk, staying
from tuilab.engine.words.vocabulary import Vocabulary, count
from tuilab.labs.window.spec import Made, Occurrence, Window, WindowTrace, Word, words_of


def answer(spec: Window) -> WindowTrace:
    """Draw which words stay and how far the windows reach, in this order, and lay the windows."""
    words = words_of(spec.sentence)
    vocabulary = count([words], min_count=1)
    keep = vocabulary.keep(spec.sample)
    generator = torch.Generator().manual_seed(spec.seed)
    draws: list[float | None] = [None] * len(words)
    kept = list(range(len(words)))
    if spec.sample:
        drawn = torch.rand(len(words), generator=generator, dtype=torch.double).tolist()
        kept, draws = staying(keep[vocabulary.encode(words)].tolist(), drawn), [*drawn]
    spans = shrunk(len(kept), spec.size, generator) if spec.shrink == "yes" else [spec.size] * len(kept)
    made = _made(spec, [words[at] for at in kept], kept, spans)
    occurrences, shares = _occurrences(words, draws, kept, spans), _shares(vocabulary, keep.tolist())
    return WindowTrace(spec.model, occurrences, shares, made, len(made), len(kept))


def _made(spec: Window, words: list[str], kept: list[int], spans: list[int]) -> list[Made]:
    """What the model learns from, of the words that stay."""
    if spec.model == "skipgram":
        return [
            Made(kept[pair.target], words[pair.target], words[pair.context])
            for pair in pairs(len(words), spec.size, spans)
        ]
    found: list[Example] = list(examples(len(words), spec.size, spans))
    return [Made(kept[each.target], ", ".join(words[at] for at in each.contexts), words[each.target]) for each in found]


def _occurrences(words: list[str], draws: list[float | None], kept: list[int], spans: list[int]) -> list[Occurrence]:
    place = {at: index for index, at in enumerate(kept)}
    found = []
    for at, (word, draw) in enumerate(zip(words, draws, strict=True)):
        index = place.get(at)
        if index is None:
            found.append(Occurrence(word, draw, False, 0, at, at))
        else:
            span = spans[index]
            first, last = kept[max(0, index - span)], kept[min(len(kept) - 1, index + span)]
            found.append(Occurrence(word, draw, True, span, first, last))
    return found


def _shares(vocabulary: Vocabulary, keep: list[float]) -> list[Word]:
    return [
        Word(word, int(times), int(times) / vocabulary.total, probability)
        for word, times, probability in zip(vocabulary.words, vocabulary.counts, keep, strict=True)
    ]
