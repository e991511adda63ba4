"""The folder of the whole machine: filled once, read by every learner, written to by none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tuilab.corpora import shelf
from tuilab.corpora.catalogue import entries, open_corpus

LEARN = """
import json, os, sys
made = []
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
def told(event, arguments):
    if event in ("os.mkdir", "os.remove", "os.rename", "os.chmod", "os.truncate", "os.utime"):
        made.append(str(arguments[0]))
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        made.append(str(arguments[0]))
sys.addaudithook(told)
from tuilab.cli.main import main
from tuilab.corpora.catalogue import open_corpus
main(["fetch", "text8"]), main(["fetch"]), main(["doctor"])
words = [word for name in ("text8", "tales") for sentence in open_corpus(name).sentences() for word in sentence]
print(json.dumps([words, made]))
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """What the teacher has put there."""
    folder = tmp_path / ".machine" / "corpora"
    (folder / "tales").mkdir(parents=True)
    (folder / "text8").write_text(" anarchism originated as a term")
    (folder / "tales" / "one.txt").write_text("Once upon a time.")
    for path in (folder / "text8", folder / "tales/one.txt", folder / "tales", folder, folder.parent):
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder.parent
    for path in (folder.parent, folder, folder / "tales"):
        path.chmod(0o755)


def state(folder: Path) -> list[tuple[str, int, int]]:
    found = (path for path in (folder, *folder.rglob("*")))
    return sorted((str(path), path.stat().st_mtime_ns, path.stat().st_ctime_ns) for path in found)


def test_two_learners_read_it_and_neither_writes_to_it(machine, tmp_path) -> None:
    before = state(machine)
    for name in ("ada", "bob"):
        home = tmp_path / name
        home.mkdir()
        environ = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")} | {"HOME": str(home)}
        command = (sys.executable, "-c", LEARN)
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ)
        *_, last = done.stdout.splitlines()
        words, made = json.loads(last)
        assert words == ["anarchism", "originated", "as", "a", "term", "once", "upon", "a", "time"]
        assert not [path for path in made if Path(path).is_relative_to(machine)]
        assert f"text8 is here: {machine}/corpora/text8" in done.stdout and f"{machine}: tales, text8" in done.stdout
        assert not list(home.rglob("text8*"))
    assert state(machine) == before


def test_the_machines_folder_comes_before_the_learners_own(machine) -> None:
    shelf.own_shelf().mkdir(parents=True)
    for name in ("text8", "mine", "half.part", "half.new", ".hidden"):
        (shelf.own_shelf() / name).write_text("own")
    assert list(open_corpus("text8").sentences()) == [["anarchism", "originated", "as", "a", "term"]]
    assert list(open_corpus("mine").sentences()) == [["own"]]
    assert [entry.name for entry in entries()] == ["language", "pydoc", "text8", "mine", "tales"]
    assert all(entry.here for entry in entries())


@pytest.mark.parametrize("name", ["..", ".", "../corpora/text8", "/text8", ".hidden", "", "a\0b"])
def test_a_name_on_the_shelf_is_a_name_and_no_path(machine, name) -> None:
    assert shelf.find(name) is None


def test_a_text_has_its_own_name_wherever_it_lies(machine) -> None:
    corpus = open_corpus("tales")
    assert (corpus.name, corpus.title) == ("tales", "tales")
