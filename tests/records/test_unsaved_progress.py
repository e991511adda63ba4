"""Where progress cannot be saved: it is said in a sentence, and nothing is lost once it can."""

import errno
import json
import os
import resource
import subprocess
import traceback
from pathlib import Path

import pytest

from tuilab.records.folders import NOWHERE, cache_folder, data_folder, log_file
from tuilab.records.progress import Progress


def _lines(folder):
    return [json.loads(line) for line in (folder / "progress.jsonl").read_text().splitlines()]


def _refuse(number):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("call", "number"),
    [
        ("open", errno.EACCES),
        ("open", errno.EROFS),
        ("mkdir", errno.EACCES),
        ("write", errno.ENOSPC),
        ("fsync", errno.EIO),
    ],
)
def test_what_cannot_be_saved_is_kept_and_saved_later(tmp_path, call, number):
    folder = tmp_path / "data"
    progress = Progress(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, call, _refuse(number))
        progress.page_seen("01-a", 1)
        progress.answered("q", "1", True)
    assert progress.problem == f"Progress cannot be saved in {folder}: {os.strerror(number)}."
    assert (progress.pages("01-a"), progress.answers()) == ({1}, {"q": True})
    progress.page_seen("01-a", 2)
    again = Progress(folder)
    assert (progress.problem, again.pages("01-a"), again.answers()) == (None, {1, 2}, {"q": True})
    assert len(_lines(folder)) == 4


def test_a_disk_that_fills_in_the_middle_of_a_line_loses_nothing(tmp_path):
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    before = (tmp_path / "progress.jsonl").read_bytes()
    write = os.write

    def fill(descriptor, data):
        if len(data) > 50:
            return write(descriptor, data[:-50])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", fill)
        progress.page_seen("01-a", 2)
    assert progress.problem == f"Progress cannot be saved in {tmp_path}: No space left on device."
    assert (tmp_path / "progress.jsonl").read_bytes() == before
    progress.page_seen("01-a", 3)
    again = Progress(tmp_path)
    assert (progress.problem, again.pages("01-a"), again.damage) == (None, {1, 2, 3}, "")


def test_no_home_to_write_to(tmp_path):
    (tmp_path / "home").write_text("a file where a folder should be")
    progress = Progress(tmp_path / "home" / "data")
    progress.page_seen("01-a", 1)
    assert progress.problem == f"Progress cannot be saved in {tmp_path / 'home' / 'data'}: Not a directory."
    assert progress.last_place() == ("01-a", 1)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (Path.mkdir, "Is a directory"),
        (os.mkfifo, "progress.jsonl is not a file"),
        (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
        (lambda path: path.symlink_to("/dev/full"), "progress.jsonl is not a file"),
        (lambda path: path.symlink_to("nowhere/at/all"), "No such file or directory"),
    ],
)
def test_what_is_no_file_is_a_problem_and_stays_as_it_is(tmp_path, make, why):
    path = tmp_path / "progress.jsonl"
    make(path)
    kind = path.lstat().st_mode
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    progress.refresh()
    assert progress.problem == f"Progress cannot be saved in {tmp_path}: {why}."
    assert progress.last_place() == ("01-a", 1)
    assert (path.lstat().st_mode, progress.damage) == (kind, "")
    if not path.is_dir():
        path.unlink()
        progress.refresh()
        assert (progress.problem, Progress(tmp_path).pages("01-a")) == (None, {1})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_file_that_may_not_be_written_is_a_problem(tmp_path, mode):
    _without_rights(tmp_path, mode)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_of_somebody_else_is_a_problem(tmp_path, mode):
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    done = os.fork()
    if done == 0:
        os.setuid(65534)
        try:
            _without_rights(tmp_path, None)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    assert os.waitpid(done, 0)[1] == 0


def _without_rights(folder, mode):
    if mode is not None:
        (folder / "progress.jsonl").touch(mode=mode)
    progress = Progress(folder)
    progress.page_seen("01-a", 1)
    assert progress.problem == f"Progress cannot be saved in {folder}: Permission denied."
    assert progress.pages("01-a") == {1}


def test_a_limit_on_the_size_of_files_stands_in_for_a_full_disk(tmp_path):
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    before = (tmp_path / "progress.jsonl").read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
    try:
        progress.page_seen("01-a", 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert progress.problem == f"Progress cannot be saved in {tmp_path}: File too large."
    assert (tmp_path / "progress.jsonl").read_bytes() == before
    progress.refresh()
    assert (progress.problem, Progress(tmp_path).pages("01-a")) == (None, {1, 2})


@pytest.fixture
def tiny_disk(tmp_path):
    (tmp_path / "disk").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(tmp_path / "disk")]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield tmp_path / "disk"
    subprocess.run(["umount", str(tmp_path / "disk")], check=True)


def test_a_disk_that_is_full_is_said_and_nothing_is_lost_once_there_is_room(tiny_disk):
    progress = Progress(tiny_disk)
    progress.page_seen("01-a", 1)
    filler = tiny_disk / "filler"
    with pytest.raises(OSError, match="No space left"), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))
    for page in range(2, 99):  # the page of the file that is there already still takes some
        progress.page_seen("01-a", page)
    assert progress.problem == f"Progress cannot be saved in {tiny_disk}: No space left on device."
    assert progress.pages("01-a") == {*range(1, 99)}
    read = Progress(tiny_disk)
    assert (read.damage, read.pages("01-a") < {*range(1, 99)}) == ("", True)
    filler.unlink()
    progress.refresh()
    assert (progress.problem, Progress(tiny_disk).pages("01-a")) == (None, {*range(1, 99)})


def test_without_a_home_it_says_so_and_makes_no_folder_anywhere(tmp_path, monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name)
    monkeypatch.setattr("pwd.getpwuid", _no_entry)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    progress = Progress(data_folder())
    progress.page_seen("01-a", 1)
    assert progress.problem == "Progress cannot be saved: there is no home folder; HOME is not set."
    assert (log_file("screen.log"), cache_folder().is_relative_to(NOWHERE)) == (None, True)
    assert sorted(tmp_path.iterdir()) == before


def _no_entry(_user):
    raise KeyError("getpwuid(): uid not found")


@pytest.mark.parametrize(
    "name",
    ["with spaces and 'quotes' \"both\"", "a\nb", os.fsdecode(b"\xff\xfe"), "🧪", "ä" * 120, "/".join(["deep"] * 200)],
    ids=["spaces", "newline", "bytes", "emoji", "long", "deep"],
)
def test_any_folder_will_do_and_its_name_can_always_be_printed(tmp_path, name):
    folder = tmp_path / name
    Progress(folder).page_seen("01-a", 1)
    path = folder / "progress.jsonl"
    path.write_bytes(path.read_bytes() + b"junk\n")
    progress = Progress(folder)
    progress.refresh()
    assert (progress.problem, progress.pages("01-a")) == (None, {1})
    assert progress.damage.isprintable() and progress.damage.encode()
    path.unlink()
    path.mkdir()
    problem = Progress(folder).problem
    assert problem is not None and problem.isprintable() and problem.encode()


def test_who_asked_is_told_of_each_change(tmp_path):
    told = []
    progress = Progress(tmp_path / "data")
    progress.on_change = lambda: told.append(progress.problem is not None)
    (tmp_path / "data").write_text("in the way")
    progress.page_seen("01-a", 1)
    progress.page_seen("01-a", 2)
    (tmp_path / "data").unlink()
    progress.page_seen("01-a", 3)
    assert told == [True, False]
