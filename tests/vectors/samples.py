"""Small files of vectors, and kept runs of the words lab, as other programs and the worker write them."""

from pathlib import Path

import numpy as np

from tuilab.records.folders import runs_folder
from tuilab.records.runs import Kept

WORDS = ["the", "king", "queen", "café", "man", "woman", "漢字"]


def rows(words: int = len(WORDS), dimensions: int = 5, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal((words, dimensions)).astype(np.float32)


def lines(words: list[str], vectors: np.ndarray) -> list[str]:
    return [
        " ".join([word, *(f"{value:.9g}" for value in row)]) for word, row in zip(words, vectors.tolist(), strict=True)
    ]


def text(words: list[str] = WORDS, vectors: np.ndarray | None = None, header: bool = True) -> bytes:
    vectors = rows() if vectors is None else vectors
    first = [f"{len(words)} {vectors.shape[1]}"] if header else []
    return ("\n".join([*first, *lines(words, vectors)]) + "\n").encode()


def binary(words: list[str] = WORDS, vectors: np.ndarray | None = None, between: bytes = b"\n") -> bytes:
    vectors = rows() if vectors is None else vectors
    parts = [word.encode() + b" " + row.tobytes() + between for word, row in zip(words, vectors, strict=True)]
    return b"%d %d\n" % vectors.shape + b"".join(parts)


def keep_run(words: list[str], vectors: np.ndarray, spelling: str = "words", step: int = 10) -> str:
    """Keep a run of the words lab, as the worker does; its name."""
    kept = Kept.begin(runs_folder(), spelling)
    state = {
        "parameter.vectors": vectors.astype(np.float32),
        "parameter.outputs": np.zeros_like(vectors, dtype=np.float32),
        "words": np.frombuffer("\n".join(words).encode(), np.uint8),
        "counts": np.arange(len(words), 0, -1, dtype=np.int64),
    }
    kept.save(step, state)
    kept.close()
    return kept.name


def write(folder: Path, content: bytes, name: str = "sample") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
