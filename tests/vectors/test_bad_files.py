"""What is wrong with a file is said in one sentence, with the line or the byte, and nothing is left half-written."""

import random
import tracemalloc

import numpy as np
import pytest

from tests.vectors.samples import WORDS, binary, rows, text, write
from tuilab.vectors.convert import convert
from tuilab.vectors.detect import source_of
from tuilab.vectors.errors import VectorError

TEXT, BINARY, GLOVE = text(), binary(), text(header=False)
LINES = TEXT.split(b"\n")
NAN, LATIN = rows().copy(), text(["the", "café"], rows(2)).decode().encode("latin-1")
NAN[3, 1] = np.nan
CAFE = BINARY.index("café".encode())


def without(line: int, field: int) -> bytes:
    fields = LINES[line].split(b" ")
    return b"\n".join([*LINES[:line], b" ".join(fields[:field] + fields[field + 1 :]), *LINES[line + 1 :]])


def cut(content: bytes, end: int) -> bytes:
    return content[: len(content) - end]


BAD = {
    "empty": (b"", "sample is empty."),
    "junk": (random.Random(1).randbytes(5000), "sample begins with '"),
    "junk after zeros": (bytes(5000), "that is no file of vectors. There are: word2vec (text or binary), GloVe"),
    "prose": (b"It was a dark night.\nIt rained.\n", "sample begins with 'It was a dark night.': that is no file of"),
    "one word": (b"word", "sample begins with 'word'"),
    "gzip": (b"\x1f\x8b\x08" + bytes(100), "sample is compressed; unpack it first: gunzip sample"),
    "a byte order mark": (b"\xef\xbb\xbf" + GLOVE, "sample begins with a byte order mark, which would become part"),
    "text: a single number": (b"2 2\na 1 2\nb 3\n", "sample, line 3: 'b' has 1 number, the others have 2."),
    "no words": (b"0 5\n", "line 1 says 0 words of 5 numbers"),
    "counts without end": (b"99999999999 99999999999\n", "line 1 says 99,999,999,999 words"),
    "text: fewer words than promised": (
        text(WORDS, rows()).replace(b"7 5", b"8 5"),
        "sample ends after line 8, with 7 words of the 8 that line 1 promises.",
    ),
    "text: more words than promised": (
        TEXT.replace(b"7 5", b"6 5"),
        "sample, line 8: there are more words than the 6 that line 1 promises.",
    ),
    "text: much more promised than can be there": (
        TEXT.replace(b"7 5", b"3000000 300"),
        "line 1 promises 3,000,000 words of 300 numbers, which are at least 1,800,000,000 bytes; the file has ",
    ),
    "text: other dimensions": (TEXT.replace(b"7 5", b"7 4"), "sample, line 2: 'the' has 5 numbers, the others have 4."),
    "text: a number too few": (without(3, 2), "sample, line 4: 'queen' has 4 numbers, the others have 5."),
    "text: a word missing": (without(3, 0), "sample, line 4: "),
    "text: a number too many": (
        TEXT.replace(b"\nman ", b"\nman 1 "),
        "sample, line 6: 'man' has 6 numbers, the others have 5.",
    ),
    "text: two ragged rows that make up for each other": (
        without(2, 2).replace(b"\nman ", b"\nman 1 "),
        "sample, line 3: 'king' has 4 numbers, the others have 5.",
    ),
    "text: a missing number behind two blanks": (
        TEXT.replace(LINES[4].split()[2] + b" ", b" ", 1),
        "sample, line 5: 'caf\u00e9' has 4 numbers, the others have 5.",
    ),
    "text: no number": (TEXT.replace(b"\nman ", b"\nman x"), "sample, line 6: 'x"),
    "text: an empty line": (TEXT.replace(b"\nman ", b"\n\nman "), "sample, line 6: the line is empty."),
    "text: NaN": (text(vectors=NAN), "sample, line 5: 'café' has the number nan, which has no size."),
    "text: too large for float32": (
        text(["a", "b"], np.array([[1, 2], [3, 1e39]])),
        "sample, line 3: 'b' has the number inf, which has no size.",
    ),
    "text: each number can be kept, their length cannot": (
        text(["a", "b"], np.array([[1, 2], [3e38, 3e38]])),
        "sample, line 3: the numbers of 'b' are too large for a length.",
    ),
    "text: cut in the middle of the last number": (b"a 1 2\nb 3 1.5e-", "sample, line 2: '1.5e-' is not a number."),
    "text: cut in the middle of a line": (
        cut(GLOVE, 30),
        "sample, line 7: '漢字' has",
    ),
    "text: Latin-1": (
        LATIN,
        "sample, line 3: the word 'caf\\xe9' is not UTF-8; where the file is Latin-1, make it UTF-8",
    ),
    "text: a word of a book's length": (text(["a" * 2000, "b"], rows(2)), "has 2,000 bytes; 1,000 are allowed."),
    "GloVe: a number too few": (
        b"\n".join([*LINES[1:3], *without(3, 2).split(b"\n")[3:]]),
        "sample, line 3: 'queen' has 4 numbers, the others have 5.",
    ),
    "GloVe: cut": (cut(GLOVE, 12), "the file ends there and was perhaps cut off."),
    "binary: cut in the middle": (cut(BINARY, 60), "which are at least 154 bytes; "),
    "binary: cut by less than the words are long": (cut(BINARY, 5), "word 7, at byte "),
    "binary: much more promised than can be there": (
        BINARY.replace(b"7 5\n", b"3000000 300\n"),
        "its first line promises 3,000,000 words of 300 numbers, which are at least 3,606,000,000 bytes; ",
    ),
    "binary: fewer promised": (BINARY.replace(b"7 5\n", b"6 5\n"), "sample goes on at byte "),
    "binary: NaN": (
        binary(vectors=NAN),
        f"sample, word 4, at byte {CAFE}: 'café' has the number nan, which has no size.",
    ),
    "binary: Latin-1": (
        BINARY.replace("é".encode(), b"\xe9"),
        f"sample, word 4, at byte {CAFE}: the word 'caf\\xe9' is not UTF-8;",
    ),
    "binary: other dimensions": (binary(vectors=rows(7, 5)).replace(b"7 5\n", b"7 4\n"), "sample, word"),
    "binary: zeros": (b"7 5\n" + bytes(3000), "no blank follows in 1,000 bytes, so this is no word"),
}


@pytest.mark.parametrize("case", BAD)
def test_one_sentence_and_nothing_half_written(case, tmp_path) -> None:
    content, sentence = BAD[case]
    folder = tmp_path / "to"
    with pytest.raises(VectorError) as refused:
        convert(source_of(write(tmp_path, content)), folder / "out.safetensors")
    assert sentence in str(refused.value) and "\n" not in str(refused.value) and str(refused.value).isprintable()
    assert not folder.exists() or list(folder.iterdir()) == []


def test_the_byte_of_a_word_that_is_far_down_a_binary_file(tmp_path) -> None:
    words, vectors = [f"w{n}" for n in range(3000)], rows(3000, 400)  # several blocks, and more than is read at once
    vectors[2500, 7] = np.inf
    content = binary(words, vectors)
    byte = content.index(b"\nw2500 ") + 1
    with pytest.raises(VectorError, match=f"sample, word 2,501, at byte {byte:,}: 'w2500' has the number inf"):
        convert(source_of(write(tmp_path, content)), tmp_path / "to" / "out")


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_broken_is_refused_or_read_and_nothing_else(seed, tmp_path) -> None:
    rng = random.Random(seed)
    for number in range(60):
        content = bytearray(rng.choice([TEXT, BINARY, GLOVE]))
        for _ in range(rng.randint(1, 5)):
            content[rng.randrange(len(content))] = rng.randrange(256)
        folder = tmp_path / str(number)
        try:
            report = convert(source_of(write(tmp_path, bytes(content))), folder / "out")
        except VectorError as error:
            assert "\n" not in str(error)
            assert not folder.exists() or list(folder.iterdir()) == []
        else:
            assert report.words >= 1


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path) -> None:
    path = write(tmp_path, b"a 1 2\n" + b"b 1 2 " * 5_000_000)
    tracemalloc.start()
    with pytest.raises(VectorError, match=r"sample, line 2: the line is longer than 1,048,576 bytes\."):
        convert(source_of(path), tmp_path / "to" / "out")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10e6


def test_what_is_no_file(tmp_path) -> None:
    with pytest.raises(VectorError, match=r"There is no file .*nowhere"):
        source_of(tmp_path / "nowhere")
    with pytest.raises(VectorError, match="is no file; name a file"):
        source_of(tmp_path)
