"""Text files and folders: what is read, and what is said of those that cannot be."""

import os
import tracemalloc
from pathlib import Path

import pytest

from tuilab.corpora import decoding
from tuilab.corpora.catalogue import NAMES, entries, open_corpus
from tuilab.corpora.corpus import CorpusError


def read(path: Path | str, encoding: str = "auto") -> list[str]:
    return [" ".join(sentence) for sentence in open_corpus(str(path), encoding).sentences()]


@pytest.fixture
def text(tmp_path: Path):
    def write(content: bytes, name: str = "a.txt") -> Path:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return write


@pytest.mark.parametrize(
    "content, encoding",
    [
        ("Das Öl. Ein Café.".encode(), "auto"),
        ("Das Öl. Ein Café.".encode("utf-8-sig"), "auto"),
        ("Das Öl. Ein Café.".encode("utf-16"), "auto"),
        (b"\xfe\xff" + "Das Öl. Ein Café.".encode("utf-16-be"), "auto"),
        ("Das Öl. Ein Café.".encode("latin-1"), "latin-1"),
    ],
)
def test_a_file_in_any_of_these_encodings(text, content, encoding) -> None:
    assert read(text(content), encoding) == ["das öl", "ein café"]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_does_not_matter_how_much_is_read_at_a_time(text, size, encoding, monkeypatch) -> None:
    path = text("Das Öl. 漢字 𝒳 und é.".encode(encoding))
    mark = {"utf-8": 0, "utf-8-sig": 4, "utf-16": 3}[encoding]  # it is in the first block, and not alone
    monkeypatch.setattr(decoding, "_BLOCK", max(size, mark))
    assert read(path) == ["das öl", "漢字 𝒳 und é"]


def test_a_corpus_begins_anew_each_time(text) -> None:
    corpus = open_corpus(str(text(b"One. Two.")))
    assert list(corpus.sentences()) == list(corpus.sentences()) == [["one"], ["two"]]


LONG = b"word " * 100_000 + b"\n"  # more than a block


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "is empty."),
        (b" .. \n\n -- \n", "has no words."),
        (
            "one\nein Café\n".encode("latin-1"),
            "line 2, byte 11: 0xe9 is not UTF-8; if the file is Latin-1, say encoding=",
        ),
        (LONG + b"\xff", f"line 2, byte {len(LONG)}: 0xff is not UTF-8"),
        (LONG + "é".encode()[:1], f"line 2, byte {len(LONG)}: 0xc3 is not UTF-8"),
        (b"one\n\x00two", "line 2, byte 4: a NUL, which no text has; this file is binary."),
        (b"\x7fELF\xb0\x02\x00", "line 1, byte 6: a NUL, which no text has; this file is binary."),
        (LONG + b"two\x00", f"line 2, byte {len(LONG) + 3}: a NUL"),
        ("aé\0".encode("utf-16"), "byte 6: a NUL"),
        ("Ċ\n\0".encode("utf-16"), "line 2, byte 6: a NUL"),  # Ċ has the byte of a line's end in it
        (b"\xff\xfe\x00\xd8a\x00", "byte 2: 0x00 is not UTF-16-LE."),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(text, content, said) -> None:
    path = text(content)
    with pytest.raises(CorpusError) as refused:
        read(path)
    sentence = str(refused.value)
    assert sentence.startswith(str(path)) and said in sentence and "\n" not in sentence


def test_an_unknown_encoding_is_told_which_there_are(text) -> None:
    with pytest.raises(CorpusError, match=r"encoding=klingon is not known: auto or latin-1\."):
        read(text(b"x"), "klingon")


def test_a_folder_is_read_in_order_without_hidden_binary_and_empty_files(text, tmp_path) -> None:
    text(b"last", "z.txt")
    text(b"first", "a/b.md")
    text(b"second without an end", "a/c")
    for name, content in {".hidden": b"no", ".git/x": b"no", "a/photo.jpg": b"\xff\xd8\x00", "empty": b""}.items():
        text(content, name)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert read(tmp_path) == ["last", "first", "second without an end"]


def test_a_folder_without_text(text, tmp_path) -> None:
    with pytest.raises(CorpusError, match="holds no text: it has no files"):
        open_corpus(str(tmp_path / ".home"))
    text(b"\0", "only/binary")
    with pytest.raises(CorpusError, match="holds no text: of its 1 files each is hidden, binary or empty"):
        open_corpus(str(tmp_path / "only"))


def test_a_folder_names_the_file_that_is_no_text(text, tmp_path) -> None:
    text(b"fine", "a")
    text(b"caf\xe9", "b")
    with pytest.raises(CorpusError, match="/b, line 1, byte 3: 0xe9"):
        read(tmp_path)


@pytest.mark.parametrize("name", ["nonesuch", "/non/such", "", "a\0b", "x" * 300])
def test_what_is_not_there_is_told_what_is(name) -> None:
    with pytest.raises(CorpusError, match="There is no corpus, file or folder"):
        open_corpus(name)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(text) -> None:
    path = text(b"one")
    path.chmod(0)
    with pytest.raises(CorpusError, match="cannot be read: Permission denied"):
        read(path)


def test_a_device_is_no_corpus() -> None:
    with pytest.raises(CorpusError, match="/dev/null is neither a file nor a folder"):
        open_corpus("/dev/null")


@pytest.mark.slow
def test_memory_stays_flat_however_long_the_file(text) -> None:
    def most(content: bytes) -> int:
        corpus = open_corpus(str(text(content)))
        tracemalloc.start()
        for _ in corpus.sentences():
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    short, long = most(b"some words here. " * 100_000), most(b"some words here. " * 1_000_000)
    assert long < 1.2 * short < 40e6
    assert most(b"words without an end " * 500_000) < 40e6


def test_english_is_judged_by_facts_and_by_people(text) -> None:
    judges = open_corpus(str(text(b"x"))).judges()
    assert [each.relation for each in judges.analogies] == [
        "male-female",
        "verb tense",
        "country-capital",
        "singular-plural",
    ]
    assert all(len(each.questions) > 350 for each in judges.analogies)
    assert ("france", "paris", "italy", "rome") in judges.analogies[2].questions
    assert len(judges.similarities) == 353 and ("tiger", "cat", 7.35) in judges.similarities
    assert all(0 <= score <= 10 for *_, score in judges.similarities)


def test_each_corpus_with_a_name_says_how_large_it_is_and_whether_it_is_here() -> None:
    offered = {entry.name: entry for entry in entries()}
    assert tuple(offered) == NAMES
    assert offered["language"].here and offered["pydoc"].here and not offered["text8"].here
    assert all(entry.title and entry.size for entry in entries())
