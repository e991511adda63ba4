"""The documentation of Python, gathered without starting any of it."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tuilab.corpora import pydoc
from tuilab.corpora.catalogue import open_corpus
from tuilab.corpora.tokens import words_and_names


def test_names_keep_their_capitals_and_sentences_do_not() -> None:
    text = "Raise KeyError, or OSError in os.path. Don't use max_len=3 with HTTP or None"
    expected = "raise KeyError or OSError in os path don't use max_len with HTTP or none"
    assert words_and_names(text) == expected.split()


@pytest.fixture(scope="module")
def sentences() -> list[list[str]]:
    return list(open_corpus("pydoc").sentences())


def test_it_has_some_300_000_words_about_python(sentences) -> None:
    counts = Counter(word for sentence in sentences for word in sentence)
    assert 150_000 < sum(counts.values()) < 600_000
    assert min(counts[word] for word in ("raise", "KeyError", "OSError", "dict", "yield", "isinstance")) > 10
    beside = Counter(word for sentence in sentences if "raise" in sentence for word in sentence)
    assert beside["KeyError"] > 3 and beside["OSError"] > 1


def test_it_is_the_same_each_time(sentences) -> None:
    corpus = open_corpus("pydoc")
    assert sentences == list(corpus.sentences()) == list(corpus.sentences())


def test_no_module_of_the_library_is_imported_for_it() -> None:
    code = (
        "import sys; from tuilab.corpora.pydoc import Pydoc; before = set(sys.modules)\n"
        "list(Pydoc().sentences()); print(*set(sys.modules) - before)"
    )
    done = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {*sys.builtin_module_names, "pydoc_data", "pydoc_data.topics"}
    assert not done.stderr


def test_sources_that_cannot_be_parsed_are_left_out(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "json").mkdir()
    (tmp_path / "abc.py").write_text('"""Abstract."""\n')
    (tmp_path / "json" / "broken.py").write_text("def (:\n")
    (tmp_path / "json" / "fine.py").write_text(
        'class A:\n    """Of A."""\n\n    async def b(self):\n        """Of b."""\n'
    )
    assert list(pydoc._of_library(tmp_path)) == ["Abstract.", "Of A.", "Of b."]


def test_a_python_without_documentation_says_so(monkeypatch) -> None:
    for part in ("_topics", "_of_interpreter"):
        monkeypatch.setattr(pydoc, part, list)
    monkeypatch.setattr(pydoc, "_of_library", lambda folder: [])
    with pytest.raises(pydoc.CorpusError, match="came without its documentation"):
        next(iter(pydoc.Pydoc().sentences()))
