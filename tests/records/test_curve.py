import math
from array import array

import pytest

from tests.records.test_runs import SPELLING, measured, save, state
from tuilab.records import curve
from tuilab.records.curve import Series, curve_of, keep_curve, read_curve, read_series
from tuilab.records.runlog import LOG, Measured, last_measured, read_log
from tuilab.records.runs import Kept


@pytest.fixture
def kept(tmp_path):
    made = Kept.begin(tmp_path, SPELLING)
    save(made, 10, state(1), measured(1, 10))
    save(made, 25, state(2), measured(11, 15))
    return made


def test_a_series_has_every_step_and_of_those_measured_twice_the_later(kept):
    kept.note(Measured(21, [0.5, 0.25], [1.0, 2.0], 3.0))
    loss, norm = read_series(kept.folder)
    assert loss.tolist() == [*map(float, range(1, 21)), 0.5, 0.25] and norm.tolist()[-3:] == [-20.0, 1.0, 2.0]


def test_steps_of_which_nothing_was_kept_are_gaps(kept):
    kept.note(measured(31, 2))
    loss = read_series(kept.folder).loss
    assert len(loss) == 32 and all(map(math.isnan, loss[25:30])) and loss[30] == 31
    assert curve_of(read_series(kept.folder)).loss[0][24:31] == [25.0, None, None, None, None, None, 31.0]


def test_a_number_that_is_not_finite_is_a_gap_and_its_line_counts(kept):
    kept.note(Measured(26, [1.0, math.inf], [math.nan, 2.0], 3.0))
    loss, norm = read_series(kept.folder)
    assert loss[25] == 1 and math.isnan(loss[26]) and math.isnan(norm[25]) and norm[26] == 2
    assert last_measured(kept.folder / LOG).first == 26


def test_least_and_greatest_of_each_bucket_are_kept():
    series = Series(array("d", [5, 1, 9, 2, 3]), array("d", [1, 1, 1, 1, math.nan]))
    found = curve_of(series, buckets=3)
    assert (found.steps, found.width) == (5, 2)
    assert found.loss == ([1, 2, 3], [5, 9, 3]) and found.gradient_norm == ([1, 1, None], [1, 1, None])


def test_the_curve_of_a_long_run_is_kept_as_it_ends_and_made_anew_where_the_log_grew(kept, monkeypatch):
    monkeypatch.setattr(curve, "_WORTH", 1)
    kept.finish("done", "")
    made = curve_of(read_series(kept.folder))
    (kept.folder / LOG).rename(kept.folder / "hidden")
    (kept.folder / LOG).write_bytes(b"x" * (kept.folder / "hidden").stat().st_size)
    assert read_curve(kept.folder).loss == made.loss  # it was read from its own file
    (kept.folder / "hidden").rename(kept.folder / LOG)
    kept.note(measured(26, 1))
    assert read_curve(kept.folder).steps == 26
    (kept.folder / "curve.json").write_bytes(b"[" * 100_000)
    assert read_curve(kept.folder).steps == 26


def test_of_a_short_run_no_curve_is_kept(kept):
    keep_curve(kept.folder)
    assert not (kept.folder / "curve.json").exists()


DAMAGE = [
    b"\x00" * 5000 + b"\n",
    b"[" * 20_000 + b"\n",
    b'{"first":1,"loss":[1],"gradient_norm":[],"seconds":1}\n',
    b'{"first":-4,"loss":[1],"gradient_norm":[1],"seconds":1}\n',
    b'{"first":99999999999,"loss":[1],"gradient_norm":[1],"seconds":1}\n',
    b'{"first":"one","loss":{},"gradient_norm":3,"seconds":[]}\n',
    b"\xff\xfe junk\n",
]


@pytest.mark.parametrize("damage", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_line_is_passed_over_and_harms_no_other(kept, damage):
    log = kept.folder / LOG
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join([*lines[:2], damage, *lines[2:], damage]))
    assert read_series(kept.folder).loss.tolist() == list(range(1, 26))


def test_a_line_without_end_takes_no_memory(kept, monkeypatch):
    from tuilab.records import runlog

    monkeypatch.setattr(runlog, "_LONGEST_LINE", 1000)
    log = kept.folder / LOG
    whole = log.read_bytes()
    log.write_bytes(whole + b"7" * 100_000)
    assert len(list(read_log(log))) == 2
    log.write_bytes(b"7" * 100_000 + b"\n" + whole)
    assert len(list(read_log(log))) == 2 and last_measured(log).first == 11
