"""A disk that is full, a home that is read-only, strange or not there, a clock that goes back: said, and gone on."""

import errno
import os
import resource
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tuilab.labs.keeping import reopen
from tuilab.labs.neuron.experiment import Training
from tuilab.labs.spelling import parse
from tuilab.records import runs, shelf
from tuilab.records.desk import rename
from tuilab.records.folders import NOWHERE, runs_folder, where_is
from tuilab.records.keeper import Keeper
from tuilab.records.shelf import folders, left_of, newest_left, rows
from tuilab.records.state import RunError
from tuilab.worker.job import Job
from tuilab.worker.messages import Finished, Named

SPELLING = "neuron steps=60"
FULL = {f"This run cannot be saved: {reason}." for reason in ("File too large", "No space left on device")}


def begun(root):
    return Training(parse(SPELLING)), Keeper(root, SPELLING)


def train(training, keeper, steps):
    """Some steps, and a save."""
    for _ in range(steps):
        keeper.note(training.advance())
        keeper.look(training.step, training.state)
    keeper.save(training.step, training.step / 10, training.state)


def check(root, steps):
    """All is there that was trained, and nothing half-written."""
    assert not [path for path in root.rglob("*") if path.suffix == ".new" or path.name.startswith(".")]
    kept, training, measured = reopen(root, newest_left(root).name)
    kept.close()
    assert training.step == steps and sum(len(each.loss) for each in measured) == steps


@contextmanager
def full_from(size):
    """No file may grow beyond a size, as where the disk is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("before", [0, 10], ids=["before its first save", "after it"])
@pytest.mark.parametrize("size", [0, 5, 30, 100, 300])
def test_a_full_disk_is_told_and_what_could_not_be_saved_is_saved_later(tmp_path, before, size):
    training, keeper = begun(tmp_path / "runs")
    if before:
        train(training, keeper, before)
    with full_from(size):
        for _ in range(3):
            train(training, keeper, 5)
            assert keeper.problem in FULL
    train(training, keeper, 5)
    assert keeper.problem == ""
    keeper.close()
    check(tmp_path / "runs", before + 20)


@pytest.mark.parametrize("failing", range(1, 15))
def test_whichever_call_fails_the_next_save_makes_it_good(tmp_path, monkeypatch, failing):
    calls = [0]

    def failing_once(function, only=lambda *arguments: True):
        def call(*arguments, **more):
            if only(*arguments):
                calls[0] += 1
                if calls[0] == failing:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return function(*arguments, **more)

        return call

    training, keeper = begun(tmp_path / "runs")
    (tmp_path / "runs").mkdir()
    monkeypatch.setattr(os, "open", failing_once(os.open, lambda path, flags, *_: flags & os.O_CREAT))
    for owner, name in ((os, "write"), (os, "fsync"), (Path, "replace"), (Path, "rename"), (Path, "mkdir")):
        monkeypatch.setattr(owner, name, failing_once(getattr(owner, name)))
    train(training, keeper, 10)
    first = keeper.problem
    train(training, keeper, 10)
    assert first or keeper.problem, "no call has failed"
    assert {first, keeper.problem} <= {"", "This run cannot be saved: No space left on device."}
    monkeypatch.undo()
    train(training, keeper, 5)
    assert keeper.problem == ""
    keeper.close()
    check(tmp_path / "runs", 25)


def test_the_worker_tells_it_and_that_it_is_over_and_saves_what_had_ended(tmp_path):
    sent = []
    root = tmp_path / "runs"
    job = Job(1, Training(parse(SPELLING)), sent.append, True, Keeper(root, SPELLING))
    with full_from(0):
        job.single_step()
        job.single_step()
    job.single_step()
    said = [event.problem for event in sent if isinstance(event, Named)]
    assert said == ["This run cannot be saved: File too large.", ""]
    with full_from(0):
        while not job.finished:
            job.advance()
        assert isinstance(sent[-1], Finished) and sent[-1].reason == "done"
    assert next(rows(root)).fate == "training"
    job.leave()
    (row,) = rows(root)
    assert (row.fate, row.step) == ("done", 60)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    root = tmp_path / "runs"
    root.mkdir()
    root.chmod(0o500)
    training, keeper = begun(root)
    train(training, keeper, 5)
    assert keeper.problem == "This run cannot be saved: Permission denied."
    root.chmod(0o700)
    train(training, keeper, 5)
    assert keeper.problem == ""


@pytest.fixture
def read_only(monkeypatch):
    """Nothing can be written any more."""
    opened = os.open

    def refused(path, flags, *rest, **named):
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), path)
        return opened(path, flags, *rest, **named)

    def begin():
        monkeypatch.setattr(os, "open", refused)
        monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)

    return begin


def test_what_was_left_in_a_folder_that_became_read_only_is_not_said_to_be_trained_nor_offered(tmp_path, read_only):
    training, keeper = begun(tmp_path)
    train(training, keeper, 5)
    keeper.close()
    assert newest_left(tmp_path) and left_of(tmp_path, SPELLING)
    read_only()
    (row,) = rows(tmp_path)
    assert (row.fate, newest_left(tmp_path), left_of(tmp_path, SPELLING)) == ("left", None, None)


def test_without_a_home_the_run_says_so():
    training, keeper = begun(NOWHERE / "tuilab" / "runs")
    train(training, keeper, 5)
    assert keeper.problem == "This run cannot be saved: there is no home folder; HOME is not set."


STRANGE = {
    "spaces and quotes": b"a 'home' with \"quotes\" and $(signs)",
    "a line break": b"two\nlines",
    "an escape": b"\x1b[31mred",
    "emoji": "🐢 日本".encode(),
    "not UTF-8": b"caf\xe9 \xff",
    "deep": b"/".join([b"d"] * 200),
}


@pytest.mark.parametrize("name", STRANGE.values(), ids=STRANGE)
def test_a_home_with_a_strange_name_keeps_runs_and_is_named_on_one_line(tmp_path, monkeypatch, name):
    try:
        os.makedirs(os.path.join(os.fsencode(tmp_path), name))
    except OSError:
        pytest.skip("no folder can have that name here")
    monkeypatch.setenv("XDG_DATA_HOME", os.fsdecode(os.path.join(os.fsencode(tmp_path), name)))
    root = runs_folder()
    training, keeper = begun(root)
    train(training, keeper, 10)
    assert keeper.problem == ""
    keeper.close()
    check(root, 10)
    (folder,) = folders(root)
    rename(folder, "mine")
    (folder / "state.safetensors").write_bytes(b"")
    with pytest.raises(RunError, match="damaged") as said:
        reopen(root, folder.name)
    for sentence in (str(said.value), where_is(folder)):
        assert sentence.isprintable() and sentence.encode()
    assert next(rows(root)).fate == "failed"


def test_without_a_home_in_the_environment_there_still_is_a_place(monkeypatch):
    for name in ("HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert runs_folder().is_absolute() and where_is(runs_folder())


def test_a_home_that_is_a_file_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    training, keeper = begun(runs_folder())
    train(training, keeper, 5)
    assert keeper.problem == "This run cannot be saved: Not a directory." and training.step == 5
    assert list(rows(runs_folder())) == [] and newest_left(runs_folder()) is None


@pytest.mark.parametrize("module", [(shelf, runs)])
def test_a_clock_that_is_set_back_between_runs_and_within_one_changes_no_order(tmp_path, monkeypatch, module):
    now = [datetime(2026, 6, 1, 12, tzinfo=UTC)]

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return now[0]

    for each in module:
        monkeypatch.setattr(each, "datetime", Clock)
    for back in (timedelta(0), timedelta(days=400), timedelta(hours=1), timedelta(days=-1)):
        training, keeper = begun(tmp_path)
        train(training, keeper, 3)
        now[0] -= back
        train(training, keeper, 3)
        keeper.close()
    names = [folder.name for folder in folders(tmp_path)]
    made = [row.name for row in sorted(rows(tmp_path), key=lambda row: row.folder.stat().st_ctime_ns, reverse=True)]
    assert len(set(names)) == 4 and names == made
    assert all(row.seconds == 0.6 and row.step == 6 for row in rows(tmp_path))


@pytest.mark.parametrize("name", ["99991231-235959.999999-x", "99999999-999999.999999-x"])
def test_after_the_last_name_there_can_be_others_still(tmp_path, name):
    (tmp_path / name).mkdir()
    for _ in range(2):
        training, keeper = begun(tmp_path)
        train(training, keeper, 1)
        assert keeper.problem == ""
        keeper.close()
    assert len(folders(tmp_path)) == 3


def test_what_was_left_half_made_takes_no_name_from_others_though_the_clock_stands(tmp_path, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, 1, 1, tzinfo=UTC)

    monkeypatch.setattr(shelf, "datetime", Clock)
    for half in (".making-20260601-120000.000000-neuron", ".going-20260601-120000.000001-neuron"):
        (tmp_path / half).mkdir()
    training, keeper = begun(tmp_path)
    train(training, keeper, 1)
    assert keeper.problem == "" and keeper.name == "20260601-120000.000002-neuron"
    keeper.close()
