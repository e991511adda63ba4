"""Writes vectors in the formats that other programs read."""

from pathlib import Path
from typing import BinaryIO

import numpy as np

from tuilab.vectors.errors import VectorError
from tuilab.vectors.files import put_in_place
from tuilab.vectors.gensims import save_gensim
from tuilab.vectors.store import OpenVectors, Vectors
from tuilab.vectors.text import shown

FORMATS = ("word2vec", "binary", "glove", "gensim")


def save(path: Path, vectors: Vectors, form: str) -> None:
    """Write a file in one of FORMATS; it is there whole or not at all. Raises VectorError, OSError."""
    if form == "glove":
        save_glove(path, vectors)
    elif form == "gensim":
        save_gensim(path, vectors)
    else:
        save_word2vec(path, vectors, form == "binary")


def save_word2vec(path: Path, vectors: Vectors, binary: bool) -> None:
    """Write word2vec's text, or its binary file. Raises VectorError where a word has a blank in it, OSError."""
    with put_in_place(path) as file:
        file.write(b"%d %d\n" % (len(vectors), vectors.dimensions))
        for words, rows in OpenVectors(vectors).blocks():
            for word in words:
                if len(word.split()) != 1:
                    raise VectorError(f"The word {shown(word)} has a blank in it, which word2vec's files cannot hold.")
            if binary:
                for word, row in zip(words, rows.astype("<f4", copy=False), strict=True):
                    file.write(word + b" " + row.tobytes() + b"\n")
            else:
                _write_lines(file, words, rows)


def save_glove(path: Path, vectors: Vectors) -> None:
    """Write GloVe's text: words with blanks stand as they are, as in its own files. Raises OSError."""
    with put_in_place(path) as file:
        for words, rows in OpenVectors(vectors).blocks():
            _write_lines(file, words, rows)


def _write_lines(file: BinaryIO, words: list[bytes], rows: np.ndarray) -> None:
    form = b" ".join([b"%.9g"] * rows.shape[1])  # nine digits are enough for each float32
    for word, row in zip(words, rows.tolist(), strict=True):
        file.write(word + b" " + form % tuple(row) + b"\n")
