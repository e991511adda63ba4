"""Two programs of one learner: each sees what the other wrote, and neither overwrites it."""

import fcntl
import json
import os
import subprocess
import sys

import pytest

from tuilab.records import lock
from tuilab.records.progress import Progress


def _lines(folder):
    return [json.loads(line) for line in (folder / "progress.jsonl").read_text().splitlines()]


def test_two_programs_may_write_at_once(tmp_path):
    one, two = Progress(tmp_path), Progress(tmp_path)
    one.page_seen("01-a", 1)
    two.page_seen("01-a", 2)
    one.page_seen("01-a", 3)
    assert Progress(tmp_path).pages("01-a") == {1, 2, 3}
    assert _lines(tmp_path).count({"format": 1}) == 1


def test_each_sees_what_the_other_wrote(tmp_path):
    one, two = Progress(tmp_path), Progress(tmp_path)
    one.page_seen("01-a", 1)
    assert two.pages("01-a") == set()
    two.refresh()
    assert two.pages("01-a") == {1}
    one.answered("01-a/q", "1", False)
    one.hinted("01-a/q", 2)
    two.answered("01-a/q", "2", True)  # takes the two before it too
    assert two.trouble("01-a/q") == 3 and one.trouble("01-a/q") == 0
    one.refresh()
    assert one.trouble("01-a/q") == 3
    assert one.last_place() == two.last_place() == ("01-a", 1)


def test_nothing_is_read_where_nothing_has_changed(tmp_path, monkeypatch):
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)

    def refuse(*_, **__):
        raise AssertionError("the file was opened")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        progress.refresh()
    Progress(tmp_path).page_seen("01-a", 2)
    progress.refresh()
    assert progress.pages("01-a") == {1, 2}


def test_only_what_is_new_is_read(tmp_path, monkeypatch):
    one, two = Progress(tmp_path), Progress(tmp_path)
    for page in range(1, 50):
        one.page_seen("01-a", page)
    two.refresh()
    one.page_seen("01-a", 50)
    read, places = os.pread, []
    monkeypatch.setattr(os, "pread", lambda fd, size, at: places.append(at) or read(fd, size, at))
    two.refresh()
    assert two.pages("01-a") == {*range(1, 51)} and min(places) > 2000


def test_what_one_could_not_write_is_kept_when_the_other_puts_the_file_anew(tmp_path):
    one = Progress(tmp_path)
    one.page_seen("01-a", 1)
    (tmp_path / "progress.lock").unlink()
    (tmp_path / "progress.lock").mkdir()
    one.page_seen("01-a", 2)
    assert one.problem
    (tmp_path / "progress.lock").rmdir()
    path = tmp_path / "progress.jsonl"
    path.write_bytes(path.read_bytes() + b"junk\n")
    Progress(tmp_path).refresh()
    one.refresh()
    assert (one.problem, one.pages("01-a"), one.damage) == (None, {1, 2}, "")
    assert Progress(tmp_path).pages("01-a") == {1, 2}


def test_a_file_that_was_deleted_or_put_back_is_followed(tmp_path):
    progress, path = Progress(tmp_path), tmp_path / "progress.jsonl"
    progress.page_seen("01-a", 1)
    earlier = path.read_bytes()
    progress.page_seen("01-a", 2)
    path.write_bytes(earlier)
    progress.refresh()
    assert progress.pages("01-a") == {1}
    path.unlink()
    progress.refresh()
    progress.page_seen("01-a", 3)
    assert progress.pages("01-a") == {1, 3} and Progress(tmp_path).pages("01-a") == {3}


WRITER = """
import sys
from pathlib import Path
from tuilab.records.progress import Progress
progress = Progress(Path(sys.argv[1]))
for number in range(60):
    progress.answered(f"{sys.argv[2]}/{number}", "1", True)
    progress.refresh()
assert progress.problem is None, progress.problem
"""


def test_programs_that_write_at_once_lose_nothing_though_the_file_is_damaged_and_mended(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 60)
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    patient = "from tuilab.records import lock; lock.PATIENCE = 60\n" + WRITER
    command = [sys.executable, "-c", patient, str(tmp_path)]
    writers = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in "abc"]
    for _ in range(20):
        with lock.locked(tmp_path / "progress.lock"), (tmp_path / "progress.jsonl").open("ab") as file:
            file.write(b"junk\n")
        Progress(tmp_path).refresh()
    assert [(writer.wait(), writer.stderr.read()) for writer in writers] == [(0, b"")] * 3
    again = Progress(tmp_path)
    again.refresh()
    assert len(again.answers()) == 180 and all(again.answers().values())
    assert (again.damage, again.pages("01-a")) == ("", {1})


def test_one_that_stands_still_with_the_lock_does_not_hold_up_the_other_for_long(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "PATIENCE", 0.01)
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    with (tmp_path / "progress.lock").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        progress.page_seen("01-a", 2)
        assert progress.problem == f"Progress cannot be saved in {tmp_path}: Another tuilab holds the file."
        assert progress.pages("01-a") == {1, 2}
    progress.refresh()
    assert (progress.problem, Progress(tmp_path).pages("01-a")) == (None, {1, 2})


def test_where_there_are_no_locks_it_goes_on_without(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "flock", none)
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    assert (progress.problem, Progress(tmp_path).pages("01-a")) == (None, {1})


@pytest.mark.parametrize("newer", ['{"format": 2}\n'])
def test_a_newer_program_that_puts_its_own_file_there_is_left_alone(tmp_path, newer):
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    (tmp_path / "new").write_text(newer)
    (tmp_path / "new").rename(tmp_path / "progress.jsonl")
    progress.page_seen("01-a", 2)
    progress.page_seen("01-a", 3)
    progress.refresh()
    assert progress.problem == f"Progress in {tmp_path} is of a newer tuilab and is left alone."
    assert (tmp_path / "progress.jsonl").read_text() == newer and {2, 3} <= progress.pages("01-a")
