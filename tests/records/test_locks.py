"""What is being made is not swept away, what is trained not taken away, and to look harms nobody."""

import threading

import pytest

from tests.records.test_runs import SPELLING, measured, state
from tuilab.records import runs
from tuilab.records.locks import is_in_use, locked_log, sweeping, unused
from tuilab.records.runs import Kept
from tuilab.records.shelf import folders, make_room, remove
from tuilab.records.state import RunError


def test_a_run_that_is_begun_while_others_are_swept_away_waits_for_that(tmp_path):
    made, root = [], tmp_path / "runs"
    root.mkdir()
    with sweeping(root):
        thread = threading.Thread(target=lambda: made.append(Kept.begin(root, SPELLING)))
        thread.start()
        thread.join(0.05)
        assert not list(root.iterdir())
    thread.join()
    assert folders(root) == [made[0].folder]


def test_many_begin_and_sweep_at_once_and_all_are_there(tmp_path):
    root = tmp_path / "runs"

    def begin():
        for _ in range(10):
            Kept.begin(root, SPELLING, [measured(1, 3)], (3, state(1))).close()
            make_room(root)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folders(root)) == 40 and not list(root.glob(".*"))


def test_a_name_that_another_has_taken_just_now_is_left_to_it(tmp_path, monkeypatch):
    taken = Kept.begin(tmp_path / "runs", SPELLING)
    names = iter([taken.name, "20990101-000000.000001-forecast"])
    monkeypatch.setattr(runs, "new_name", lambda root, kind: next(names))
    made = Kept.begin(tmp_path / "runs", SPELLING)
    assert made.name == "20990101-000000.000001-forecast" and len(folders(tmp_path / "runs")) == 2


def test_who_looks_disturbs_nobody_who_looks(tmp_path):
    kept = Kept.begin(tmp_path, SPELLING)
    assert is_in_use(kept.folder)
    kept.close()
    with unused(kept.folder):
        assert not is_in_use(kept.folder)


def test_a_run_in_use_is_not_removed_and_one_that_was_removed_is_not_locked(tmp_path):
    kept = Kept.begin(tmp_path, SPELLING)
    with pytest.raises(BlockingIOError):
        remove(kept.folder)
    kept.close()
    remove(kept.folder)
    with pytest.raises(FileNotFoundError):
        locked_log(kept.folder)
    with pytest.raises(RunError, match="no longer there"):
        Kept.reopen(tmp_path, kept.name)
