"""A restricted learner opens the corpora that are there for all, and no other file of the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TRY = """
import json, sys
from tuilab.cli.main import main
main(["--restricted", "labs"])
from tuilab.corpora.catalogue import entries, open_corpus
from tuilab.records.folders import shared_folders
said = {}
for name in sys.argv[1:]:
    try:
        said[name] = " ".join(next(iter(open_corpus(name).sentences())))
    except ValueError as error:
        said[name] = str(error)
print(json.dumps([said, [entry.name for entry in entries()], [str(folder) for folder in shared_folders()]]))
"""
SECRET = "secret"
OUT_OF_REACH = "'{}' is out of reach: here your own folder can be read, and the shared ones."


@pytest.fixture
def tried(home: Path, tmp_path: Path):
    """`tried(*names)` opens them in a restricted process: what it read or said of each, and which corpora it offers."""
    evil = tmp_path / "evil"
    (evil / "corpora").mkdir(parents=True)
    (evil / "tuilab" / "corpora").mkdir(parents=True)
    for path in (tmp_path / "other", evil / "corpora" / "mine", evil / "tuilab" / "corpora" / "mine"):
        path.write_text(SECRET)

    def run(*names: str) -> tuple[dict[str, str], list[str], list[str]]:
        environ = {**os.environ, "TUILAB_DATA": str(evil), "XDG_DATA_DIRS": str(evil), "XDG_DATA_HOME": str(evil)}
        command = (sys.executable, "-c", TRY, *names)
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ, cwd=home)
        return json.loads(done.stdout.splitlines()[-1])

    return run


def test_no_path_leads_out(tried, home: Path, tmp_path: Path) -> None:
    (home / "link").symlink_to(tmp_path / "other")
    (home / "folder").mkdir()
    (home / "folder" / "inner").symlink_to(tmp_path)
    (home / "folder" / "file").symlink_to(tmp_path / "other")
    hidden = [
        "/etc/passwd",
        "/etc",
        "/",
        "..",
        "../other",
        "link",
        "~/link",
        "./folder/../../other",
        "~root",
        "~root/x",
        "~nobody-of-this-name",
        "/proc/self/environ",
    ]
    hidden += ["/proc/self/cwd/../other", "/dev/stdin", "folder/inner/other", "folder/file"]
    hidden += [str(tmp_path / "other"), str(tmp_path / "nothing here")]  # nobody learns whether a file is there, either
    said, _, shared = tried(*hidden, "mine", "folder", "text8")
    assert {name: said.pop(name) for name in hidden} == {name: OUT_OF_REACH.format(name) for name in hidden}
    assert shared == ["/usr/local/share/tuilab", "/usr/share/tuilab"]
    assert said["mine"].startswith("There is no corpus") and "holds no text" in said["folder"]
    assert said["text8"] == "text8 is not on this machine: ask who looks after it."


def test_their_own_files_and_what_tuilab_brings_are_there(tried, home: Path) -> None:
    (home / "essay.txt").write_text("My own words. And more.")
    (home / ".local/share/tuilab/corpora").mkdir(parents=True)
    (home / ".local/share/tuilab/corpora/kept").write_text("Kept words.")
    said, offered, _ = tried("essay.txt", "~/essay.txt", "kept", "language", "pydoc")
    assert said["essay.txt"] == said["~/essay.txt"] == "my own words" and said["kept"] == "kept words"
    assert offered == ["language", "pydoc", "text8", "kept"]
