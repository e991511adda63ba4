"""Every format converted and opened again: the same words, the same numbers."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from tests.vectors.samples import WORDS, binary, rows, text, write
from tuilab.vectors import convert as converting
from tuilab.vectors import files, word2vec
from tuilab.vectors import text as texts
from tuilab.vectors.convert import convert
from tuilab.vectors.detect import source_of
from tuilab.vectors.errors import VectorError
from tuilab.vectors.save import save, save_glove, save_word2vec
from tuilab.vectors.store import Vectors, open_converted

FORMS = {
    "word2vec text": text(),
    "word2vec text of Windows": text().replace(b"\n", b"\r\n"),
    "word2vec text with blanks at the ends": text().replace(b"\n", b" \n") + b"\n\n",
    "word2vec text with tabs": text().replace(b" ", b"\t"),
    "GloVe": text(header=False),
    "GloVe without its last newline": text(header=False)[:-1],
    "word2vec binary": binary(),
    "word2vec binary without newlines": binary(between=b""),
}


def opened(folder: Path, content: bytes) -> Vectors:
    convert(source_of(write(folder, content)), folder / "out.safetensors")
    return open_converted(folder / "out.safetensors")


def same(vectors: Vectors, words: list[str], expected: np.ndarray) -> None:
    assert list(vectors.words) == words and [vectors.words.find(word) for word in words] == list(range(len(words)))
    assert len(vectors) == len(words) and vectors.dimensions == expected.shape[1]
    assert np.allclose(vectors.rows(0, len(words)), expected, rtol=1e-6, atol=0)
    norms = np.linalg.norm(expected.astype(float), axis=1)
    assert np.allclose(vectors.norms, norms, rtol=1e-6)
    assert np.allclose(vectors.unit, expected / np.where(norms > 0, norms, 1)[:, None], atol=1e-6)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same(form, tmp_path) -> None:
    same(opened(tmp_path, FORMS[form]), WORDS, rows())


@pytest.mark.parametrize("form", ["text", "binary"])
def test_many_blocks_and_chunks_are_as_one(form, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 7)
    monkeypatch.setattr(word2vec, "BLOCK", 7)
    monkeypatch.setattr(word2vec, "_CHUNK", 100)
    words, vectors = [f"w{n}" * (n % 9 + 1) for n in range(100)], rows(100, 6)
    same(opened(tmp_path, (text if form == "text" else binary)(words, vectors)), words, vectors)


def test_the_file_is_mapped_begins_on_a_page_and_is_safetensors(tmp_path) -> None:
    vectors = opened(tmp_path, text())
    assert isinstance(vectors.unit.base, np.memmap) and not vectors.unit.flags.writeable
    assert vectors.unit.base.offset % 4096 == 0
    found = load_file(tmp_path / "out.safetensors")
    assert bytes(found["words"]).decode().split("\n") == [*WORDS, ""]
    assert np.array_equal(found["unit"], vectors.unit)


def test_a_word_of_gloves_may_have_blanks_in_it(tmp_path) -> None:
    words = ["the", ". . .", "at name@domain.com", "2"]
    same(opened(tmp_path, text(words, rows(4), header=False)), words, rows(4))


def test_a_first_line_of_many_dimensions(tmp_path) -> None:
    vectors = rows(2, 10_000)
    content = text(["a", "b"], vectors, header=False)
    assert content.index(b"\n") > 100_000
    same(opened(tmp_path, content), ["a", "b"], vectors)


def test_a_vector_of_zeros_stays_one(tmp_path) -> None:
    same(opened(tmp_path, text(["a", "b"], np.array([[0, 0], [3, 4]]))), ["a", "b"], np.array([[0, 0], [3, 4]]))


@pytest.mark.parametrize("form", ["text", "binary"])
def test_of_repeated_words_the_first_counts_and_it_is_said(form, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(converting, "_MOVED", 2)
    words = ["a", "b", "a", "c", "b", "a", "d", "abcdefghij", "abcdefghik", "abcdefghij"]
    content = (text if form == "text" else binary)(words, rows(10))
    report = convert(source_of(write(tmp_path, content)), tmp_path / "out.safetensors")
    where = "line 4" if form == "text" else "word 3"
    assert (report.words, report.dimensions, report.repeated) == (6, 5, 4)
    assert report.remark == f"4 words stand there once more, 'a' at {where}; the first of each counts."
    same(open_converted(tmp_path / "out.safetensors"), ["a", "b", "c", "d", *words[7:9]], rows(10)[[0, 1, 3, 6, 7, 8]])
    load_file(tmp_path / "out.safetensors")


def test_progress_goes_from_little_to_all(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 3)
    monkeypatch.setattr(converting, "_EVERY", 0)
    told: list[tuple[int, int]] = []
    path = write(tmp_path, text())
    convert(source_of(path), tmp_path / "out", lambda done, size: told.append((done, size)))
    size = path.stat().st_size
    assert told == sorted(told) and told[-1] == (size, size) and 0 < told[0][0] < size and len(told) == 4


@pytest.mark.parametrize("form", ["word2vec", "binary", "glove"])
def test_what_is_saved_is_read_again(form, tmp_path) -> None:
    vectors = opened(tmp_path, binary())
    save(tmp_path / "saved", vectors, form)
    again = opened(tmp_path, (tmp_path / "saved").read_bytes())
    assert list(again.words) == WORDS
    assert np.array_equal(again.norms, vectors.norms) or np.allclose(again.norms, vectors.norms, rtol=1e-6)
    assert np.allclose(again.rows(0, 7), vectors.rows(0, 7), rtol=1e-6, atol=0)


def test_what_is_saved_is_in_the_formats_of_their_makers(tmp_path) -> None:
    vectors = opened(tmp_path, text(["a", "b c"], np.array([[0, 2], [-4, 0]]), header=False))
    save_glove(tmp_path / "g", vectors)
    assert (tmp_path / "g").read_bytes() == b"a 0 2\nb c -4 0\n"
    for form in (True, False):
        with pytest.raises(VectorError, match="'b c' has a blank in it"):
            save_word2vec(tmp_path / "w", vectors, form)
    vectors = opened(tmp_path, text(["a", "b"], np.array([[0, 2], [-4, 0]])))
    save_word2vec(tmp_path / "w", vectors, binary=False)
    assert (tmp_path / "w").read_bytes() == b"2 2\na 0 2\nb -4 0\n"
    save_word2vec(tmp_path / "b", vectors, binary=True)
    one, other = np.float32([0, 2]).tobytes(), np.float32([-4, 0]).tobytes()
    assert (tmp_path / "b").read_bytes() == b"2 2\na " + one + b"\nb " + other + b"\n"


@pytest.mark.parametrize("nameless", [True, False])
def test_a_file_is_there_whole_or_not_at_all(nameless, tmp_path, monkeypatch) -> None:
    if not nameless:
        monkeypatch.delattr(os, "O_TMPFILE")
    folder = tmp_path / "new"
    with files.put_in_place(folder / "file") as file:
        file.write(b"one")
    assert (folder / "file").read_bytes() == b"one" and (folder / "file").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ZeroDivisionError), files.put_in_place(folder / "file") as file:
        file.write(b"two")
        raise ZeroDivisionError
    with files.put_in_place(folder / "file") as file:
        file.write(b"three")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"three"]


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="files without a name are Linux's")
def test_a_program_that_is_killed_leaves_nothing(tmp_path) -> None:
    program = """
        import sys
        from pathlib import Path
        from tuilab.vectors.files import put_in_place
        with put_in_place(Path(sys.argv[1])) as file:
            file.write(bytes(100_000))
            file.flush()
            print("half", flush=True)
            sys.stdin.read()
    """
    folder = tmp_path / "new"
    command = [sys.executable, "-c", textwrap.dedent(program), str(folder / "file")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout is not None and process.stdout.readline() == b"half\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert list(folder.iterdir()) == []
