import os

import numpy as np
import pytest

from tuilab.records import runs
from tuilab.records.about import about_run
from tuilab.records.files import replace_file
from tuilab.records.runlog import FORMAT_LINE, Measured, read_log, up_to
from tuilab.records.runs import Kept, give_up
from tuilab.records.shelf import newest_left
from tuilab.records.state import RunError, saved_step

SPELLING = "forecast steps=100 seed=3"


def measured(first, count):
    values = [float(step) for step in range(first, first + count)]
    return Measured(first, values, [-value for value in values], first / 10)


def state(value):
    return {"w": np.full((2, 3), value, np.float32), "random": np.arange(5, dtype=np.uint8)}


def save(run, step, values, taken):
    run.note(taken)
    run.save(step, values)


@pytest.fixture
def kept(tmp_path):
    made = Kept.begin(tmp_path, SPELLING)
    save(made, 10, state(1), measured(1, 10))
    save(made, 25, state(2), measured(11, 15))
    return made


def series(lines):
    return [value for line in lines for value in line.loss]


def test_a_run_is_found_and_taken_up_where_it_was_last_saved(tmp_path, kept):
    kept.close()
    left = newest_left(tmp_path)
    assert left[:3] == (kept.name, SPELLING, 25)
    again = Kept.reopen(tmp_path, left.name)
    step, arrays, lines = again.load()
    assert step == 25 and again.about.spelling == SPELLING and again.about.finished is None
    assert np.array_equal(arrays["w"], state(2)["w"]) and np.array_equal(arrays["random"], state(2)["random"])
    assert series(lines) == list(range(1, 26))
    save(again, 30, state(3), measured(26, 5))
    again.close()
    assert newest_left(tmp_path).step == 30


def test_a_run_that_somebody_trains_is_not_offered(tmp_path, kept):
    assert newest_left(tmp_path) is None
    with pytest.raises(RunError, match="Another tuilab"):
        Kept.reopen(tmp_path, kept.name)


def test_a_run_that_cannot_be_gone_on_with_is_not_offered_again_but_older_ones_are(tmp_path, kept):
    kept.close()
    newer = Kept.begin(tmp_path, "forecast seed=4")
    save(newer, 1, state(1), measured(1, 1))
    newer.close()
    assert newest_left(tmp_path).name == newer.name
    give_up(tmp_path, newer.name, "It does not fit any more.")
    assert newest_left(tmp_path).name == kept.name
    about = about_run(newer.folder)
    assert (about.finished, about.sentence, saved_step(newer.folder)) == ("failed", "It does not fit any more.", 1)


def test_a_run_that_ended_well_stays_what_it_was_though_it_cannot_be_gone_on_with(tmp_path, kept):
    kept.finish("done", "")
    kept.close()
    give_up(tmp_path, kept.name, "It does not fit any more.")
    give_up(tmp_path, "20260101-000000.000000-forecast", "Nor is there such a run.")
    assert about_run(kept.folder).finished == "done"


@pytest.mark.parametrize("then", [lambda run: run.spell(), lambda run: save(run, 30, state(3), measured(26, 5))])
def test_a_run_that_is_spelled_otherwise_is_kept_so_with_what_is_saved_next(kept, then):
    kept.finish("diverged", "The loss became nan.")
    kept.respell("forecast seed=4")
    assert about_run(kept.folder).spelling == SPELLING  # the disk can wait until the learner has the answer
    then(kept)
    about = about_run(kept.folder)
    assert (about.spelling, about.finished, about.sentence) == ("forecast seed=4", None, "")


def test_a_run_that_has_ended_is_not_offered_and_says_how(tmp_path, kept):
    kept.finish("diverged", "The loss became nan.")
    kept.close()
    assert newest_left(tmp_path) is None
    about = Kept.reopen(tmp_path, kept.name).about
    assert (about.finished, about.sentence) == ("diverged", "The loss became nan.")


def test_a_log_cut_short_at_any_byte_gives_what_was_whole(tmp_path, kept):
    kept.close()
    path = kept.folder / "log.jsonl"
    whole = path.read_bytes()
    first = whole.index(b"\n", len(FORMAT_LINE)) + 1
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        lines = series(read_log(path))
        assert len(lines) == (25 if length >= len(whole) - 1 else 10 if length >= first - 1 else 0)
    path.write_bytes(whole[:-5])
    again = Kept.reopen(tmp_path, kept.name)
    save(again, 28, state(3), measured(26, 3))
    assert [line.first for line in read_log(path)] == [1, 26]


@pytest.mark.parametrize("name", ["state.safetensors", "run.json"])
def test_a_file_cut_short_at_any_byte_is_no_offer_and_no_fault(tmp_path, kept, name):
    kept.close()
    path = kept.folder / name
    whole = path.read_bytes()
    for length in range(0, len(whole) - 1, 5):
        path.write_bytes(whole[:length])
        left = newest_left(tmp_path)
        if left is not None:
            again = Kept.reopen(tmp_path, left.name)
            with pytest.raises(RunError, match="cannot be read"):
                again.load()
            again.close()


def test_steps_measured_twice_count_once():
    log = [measured(1, 10), measured(11, 10), measured(16, 3)]
    assert series(up_to(18, log)) == list(range(1, 19))
    assert series(up_to(13, log)) == list(range(1, 14))
    assert series(up_to(4, log)) == [1, 2, 3, 4]


def test_a_run_of_a_newer_format_is_left_alone(tmp_path, kept):
    kept.close()
    path = kept.folder / "run.json"
    path.write_bytes(path.read_bytes().replace(b'"format":2', b'"format":3'))
    assert newest_left(tmp_path) is None
    with pytest.raises(RunError, match="no longer there"):
        Kept.reopen(tmp_path, kept.name)


def test_nothing_is_readable_by_others(kept):
    modes = {path.name: path.stat().st_mode & 0o777 for path in kept.folder.iterdir()}
    assert set(modes.values()) == {0o600} and kept.folder.stat().st_mode & 0o777 == 0o700


def test_a_name_that_is_a_path_elsewhere_is_no_run(tmp_path, kept):
    kept.close()
    with pytest.raises(RunError):
        Kept.reopen(tmp_path / ".home", "../" + kept.name)
    assert os.path.exists(kept.folder)


def test_of_runs_begun_one_after_the_other_the_last_is_offered(tmp_path):
    for seed in range(5):
        made = Kept.begin(tmp_path, f"forecast seed={seed}")
        save(made, 1, state(1), measured(1, 1))
        made.close()
    assert newest_left(tmp_path).spelling == "forecast seed=4"


def test_a_run_that_cannot_be_begun_leaves_nothing(tmp_path, monkeypatch):
    def full(folder, about):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(runs, "write_about", full)
    with pytest.raises(OSError):
        Kept.begin(tmp_path, SPELLING)
    assert not list(tmp_path.glob("[!.]*"))


def test_a_file_that_cannot_be_written_leaves_nothing_beside(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError):
        replace_file(tmp_path / "state.safetensors", b"x")
    assert not list(tmp_path.glob("[!.]*"))


def test_a_run_that_was_left_is_offered_though_a_later_one_has_ended(tmp_path, kept):
    kept.close()
    later = Kept.begin(tmp_path, "forecast steps=5")
    save(later, 5, state(1), measured(1, 5))
    later.finish("done", "")
    later.close()
    assert newest_left(tmp_path).name == kept.name
