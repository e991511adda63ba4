"""Vectors that a test knows, with two directions that mean something, kept as a run of the words lab keeps them."""

import numpy as np

from tests.vectors.samples import keep_run

WORDS = {
    # royal, female, country, noise
    "man": (0, -1, 0, 0.1),
    "woman": (0, 1, 0, 0.1),
    "king": (2, -1, 0, 0),
    "queen": (2, 1, 0, 0),
    "prince": (1.5, -1, 0, 0.3),
    "princess": (1.5, 1, 0, 0.3),
    "kingdom": (3, 0, 1, 0),
    "france": (0, 0, 2, 0.5),
    "walked": (-1, 0.2, -1, 2),
    "zero": (0, 0, 0, 0),
}


def keep(words: dict[str, tuple[float, ...]] = WORDS, spelling: str = "words dimensions=4") -> str:
    """Keep a run with these vectors, three times as long; its name."""
    return keep_run(list(words), 3 * np.array(list(words.values())), spelling)


def cosine(one, other) -> float:
    a, b = np.asarray(one, float), np.asarray(other, float)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def unit(word: str) -> np.ndarray:
    vector = np.array(WORDS[word], float)
    return vector / np.linalg.norm(vector)
