"""Two topics that share no word: does word2vec tell them apart? What is right is then shown beside gensim's."""

import random
import sys
from collections.abc import Iterator

import numpy as np

from tuilab.exercises.probing import Told, parts

TOPICS = ("king", "queen", "crown", "throne", "court"), ("sea", "ship", "sail", "wave", "harbour")
SETTINGS = {"least": 5, "threshold": 1e-3, "window": 2, "negatives": 5, "dimensions": 50, "rate": 0.15, "epochs": 4}
WATCHED = ("king", "woman", "actor", "throne", "she")
NEAR, SHOWN = 5, 3
ENOUGH = 50  # steps: one of them at least has all its noise words, though who draws may leave out the context


def _trained(word2vec, **changed):
    draw = random.Random(1)
    sentences = [draw.sample(draw.choice(TOPICS), 4) for _ in range(200)] + [["seldom", "king"]]
    settings = {"least": 2, "threshold": 1, "window": 2, "negatives": 3, "dimensions": 32, "rate": 0.5, "epochs": 1}
    found = parts(_watched(word2vec, sentences, settings | changed), "the words", "their vectors")
    try:
        return list(found["the words"]), np.asarray(found["their vectors"], dtype=float)
    except (TypeError, ValueError):
        raise Told("gives something else than a list of words and an array of numbers, (words, dimensions).") from None


def _watched(word2vec, sentences, settings):
    """What word2vec gives. Raises Told where its pieces are called with one table, or too few random numbers or noise
    words."""
    from subsampling import thin
    from update import update

    asked = {thin: [], update: []}
    watched = {getattr(piece, "__code__", None): (count, asked[piece]) for piece, count in ((thin, 3), (update, 5))}

    def watch(frame, event, _):
        code = frame.f_code
        if event == "call" and code in watched and code.co_argcount >= watched[code][0]:
            count, calls = watched[code]
            calls.append([frame.f_locals.get(name) for name in code.co_varnames[:count]])

    sys.setprofile(watch)
    try:
        found = word2vec(sentences, **settings)
    except TypeError:
        _hold(asked[thin], asked[update], settings["negatives"])
        raise
    finally:
        sys.setprofile(None)
    _hold(asked[thin], asked[update], settings["negatives"])
    return found


def _hold(thinned, updates, negatives):
    draws, noise = ([each[-1] for each in found if not isinstance(each[-1], Iterator)] for found in (thinned, updates))
    if updates and _are_one(*updates[0][:2]):
        raise Told("hands `update` the same array as `vectors` and as `outputs`; a word has two vectors, v and u.")
    if draws and not any(len(set(map(float, np.ravel(each)))) > 1 for each in draws):
        raise Told("thins a sentence by one random number for all its words.")
    most = max((np.asarray(each).size for each in noise), default=0)
    if noise and (len(noise) > ENOUGH or np.ndim(noise[0]) == 0) and most != negatives:
        raise Told(f"gives a pair {most} noise word{'s' if most != 1 else ''}, and {negatives} are expected.")


def _are_one(vectors, outputs):
    arrays = isinstance(vectors, np.ndarray) and isinstance(outputs, np.ndarray)
    return vectors is outputs or (arrays and np.shares_memory(vectors, outputs))


def _learned(words, vectors):
    """Whether words of one topic are nearer to each other than to the other's: their cosines by 0.35 in the mean."""
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    of_first = np.array([word in TOPICS[0] for word in words])
    alike, other, cosines = of_first[:, None] == of_first, ~np.eye(len(words), dtype=bool), unit @ unit.T
    return bool(cosines[alike & other].mean() - cosines[~alike].mean() > 0.35)


def probe_topics(word2vec):
    """word2vec(200 sentences of two topics, least=2, threshold=1, ...)"""
    words, vectors = _trained(word2vec)
    found = {"the words": " ".join(sorted(map(str, words))), "the shape of the vectors": vectors.shape}
    if found["the shape of the vectors"] != (len(words), 32):
        return found
    return found | {"words of one topic are near to each other": _learned(words, vectors)}


def probe_beginning(word2vec):
    """word2vec(200 sentences of two topics, epochs=0, ...)"""
    _, vectors = _trained(word2vec, epochs=0)
    differ, small = bool(np.ptp(vectors) > 0), bool(np.abs(vectors).max() < 1)
    return {"the vectors differ as they begin": differ, "the vectors begin small": small}


def probe_thinned(word2vec):
    """word2vec(200 sentences of two topics, threshold=0.0003, ...), which leaves few words"""
    words, vectors = _trained(word2vec, threshold=3e-4)
    return {"words of one topic are near to each other": len(vectors) == len(words) and _learned(words, vectors)}


def show(word2vec):
    """word2vec(15,000 words of tuilab's language, ...)"""
    from neighbours import neighbours

    from tuilab.corpora.grammar import MALE_FEMALE
    from tuilab.corpora.language import Language

    text = Language(words=15_000, relations=[MALE_FEMALE])
    sentences = list(text.sentences())
    words, vectors = word2vec(sentences, **SETTINGS)
    words, vectors, name, train = list(words), np.asarray(vectors, dtype=float), *_peer()
    peers = [_rows(words, *train(sentences, seed)) for seed in (1, 2)]
    mine, other, again = (_nearest(each, NEAR) for each in (vectors, *peers))
    shares = [_analogies(words, each, text.judges()) for each in (vectors, peers[0])]
    if name != "gensim":
        yield "gensim is not installed, so tuilab's own trainer stands in."
    yield f"Of the {NEAR} nearest of each word {_common(mine, other):.2f} are {name}'s too;"
    yield f"two trainings by {name}, seeds 1 and 2, share {_common(other, again):.2f}."
    yield f"Analogies that come out: yours {shares[0]:.2f}, {name}'s {shares[1]:.2f}."
    yield f"{'nearest':<9}{'yours':<28}{name}'s"
    for word in WATCHED:
        ours, theirs = (" ".join(neighbours(word, words, rows, SHOWN)) for rows in (vectors, peers[0]))
        yield f"{word:<9}{ours:<28}{theirs}"


def _peer():
    try:
        from gensim.models import Word2Vec
    except ImportError:
        return "tuilab", _tuilabs
    return "gensim", lambda sentences, seed: _gensims(Word2Vec, sentences, seed)


def _gensims(Word2Vec, sentences, seed):
    names = {"least": "min_count", "threshold": "sample", "negatives": "negative", "dimensions": "vector_size"}
    same = {names.get(name, "alpha" if name == "rate" else name): value for name, value in SETTINGS.items()}
    model = Word2Vec(sentences, sg=1, shrink_windows=False, workers=1, seed=seed, **same)
    return model.wv.index_to_key, model.wv.vectors


def _tuilabs(sentences, seed):
    import torch

    from tuilab.engine.words.stretches import Stretches
    from tuilab.engine.words.trainer import Method, WordTrainer
    from tuilab.engine.words.vocabulary import count

    vocabulary, generator = count(sentences, SETTINGS["least"]), torch.Generator().manual_seed(seed)
    same = {"sample": SETTINGS["threshold"], "lr": SETTINGS["rate"]}
    same |= {name: SETTINGS[name] for name in ("dimensions", "window", "negatives")}
    trainer, stretches = WordTrainer(vocabulary, Method(**same), generator), Stretches(lambda: sentences, vocabulary)
    for epoch in range(SETTINGS["epochs"]):
        for stretch in stretches.epoch():
            trainer.train(stretch, epoch / SETTINGS["epochs"])
    return vocabulary.words, trainer.vectors.numpy()


def _rows(words, theirs, vectors):
    index = {word: place for place, word in enumerate(theirs)}
    return vectors[[index[word] for word in words]]


def _nearest(vectors, most):
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -2)
    return np.argsort(-cosines, axis=1)[:, :most]


def _common(one, other):
    return np.mean([len({*mine} & {*theirs}) / NEAR for mine, theirs in zip(one, other)])


def _analogies(words, vectors, judges):
    from tuilab.engine.words.judge import judge_analogies
    from tuilab.engine.words.lookup import unit_rows

    find = {word: place for place, word in enumerate(words)}.get
    questions = (question for each in judges.analogies for question in each.questions)
    return judge_analogies(unit_rows(np.asarray(vectors))[0], find, questions).share
