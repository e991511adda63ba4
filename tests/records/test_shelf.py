import json

import pytest

from tests.records.test_runs import SPELLING, measured, save, state
from tuilab.records import shelf
from tuilab.records.about import About, Label, about_run, label_of
from tuilab.records.desk import annotate, delete, find, rename
from tuilab.records.runs import Kept
from tuilab.records.shelf import clear_damaged, folders, make_room, newest_left, row, rows
from tuilab.records.state import RunError


def made(root, spelling=SPELLING, finished=None):
    kept = Kept.begin(root, spelling)
    save(kept, 10, state(1), measured(1, 10))
    save(kept, 25, state(2), measured(11, 15))
    if finished:
        kept.finish(finished, "")
    kept.close()
    return kept.folder


@pytest.mark.parametrize("finished", [None, "done", "stopped"])
def test_a_row_says_how_far_a_run_came_whether_it_ended_or_not(tmp_path, finished):
    found = row(made(tmp_path, finished=finished))
    assert (found.step, found.loss, found.seconds, found.fate) == (25, 25.0, 1.1, finished or "left")
    assert found.about.spelling == SPELLING and found.label == Label()


def test_a_run_before_its_first_save_has_a_row(tmp_path):
    kept = Kept.begin(tmp_path, SPELLING)
    found = row(kept.folder)
    assert (found.step, found.loss, found.seconds, found.fate) == (0, None, None, "training")


def test_rows_come_newest_first_and_damaged_ones_are_passed_over(tmp_path):
    runs = [made(tmp_path, f"forecast seed={seed}") for seed in range(3)]
    (runs[1] / "run.json").write_text('{"spelling": 3}')
    assert [found.folder for found in rows(tmp_path)] == [runs[2], runs[0]]


def test_a_clock_that_was_set_back_does_not_put_a_run_before_older_ones(tmp_path):
    (tmp_path / "20990101-000000.000000-forecast").mkdir()
    folder = made(tmp_path)
    assert folders(tmp_path)[0] == folder and folder.name == "20990101-000000.000001-forecast"


def test_a_run_of_the_first_format_opens_and_is_written_anew_in_this_one(tmp_path):
    folder = made(tmp_path, finished="done")
    first = {"spelling": SPELLING, "began": "2026-09-01T10:00:00+00:00", "finished": None, "sentence": "", "format": 1}
    (folder / "run.json").write_text(json.dumps(first))
    log = folder / "log.jsonl"
    log.write_bytes(log.read_bytes().partition(b"\n")[2])  # it had no line for its format
    assert row(folder)[3:6] == (25, 25.0, 1.1) and newest_left(tmp_path).name == folder.name
    kept = Kept.reopen(tmp_path, folder.name)
    step, arrays, lines = kept.load()
    assert step == 25 and len(arrays) == 2 and sum(len(line.loss) for line in lines) == 25
    kept.finish("done", "")
    kept.close()
    expected = About(SPELLING, "2026-09-01T10:00:00+00:00", "done", "", 25, 25.0, 1.1, 2)
    assert about_run(folder) == expected and json.loads((folder / "run.json").read_text())["format"] == 2


def test_a_name_is_given_found_by_and_taken_away(tmp_path):
    folder, other = made(tmp_path), made(tmp_path)
    rename(folder, "  my  best ")
    annotate(folder, "lr was\ntoo large\n")
    assert label_of(folder) == Label("my best", "lr was\ntoo large")
    assert find(tmp_path, "my best") == folder and find(tmp_path, "last") == other
    assert find(tmp_path, other.name) == other and find(tmp_path, folder.name[:-9]) == folder
    with pytest.raises(RunError, match="is the name of another run"):
        rename(other, "my best")
    rename(folder, "my best")
    rename(folder, "")
    assert label_of(folder) == Label("", "lr was\ntoo large")
    with pytest.raises(RunError, match="There is no run 'my best'"):
        find(tmp_path, "my best")


@pytest.mark.parametrize(
    ("title", "said"), [("x" * 61, "61 letters"), ("a\x1bb", "cannot be shown"), ("last", "always is the newest")]
)
def test_a_name_that_no_run_can_have_is_refused(tmp_path, title, said):
    folder = made(tmp_path)
    with pytest.raises(RunError, match=said):
        rename(folder, title)
    assert label_of(folder) == Label()


def test_the_beginning_of_several_names_is_none(tmp_path):
    first, _ = made(tmp_path), made(tmp_path)
    with pytest.raises(RunError, match="begins the names of 2 runs"):
        find(tmp_path, first.name[:8])
    with pytest.raises(RunError, match="There is no run '2'"):
        find(tmp_path, "2")


def test_a_run_that_is_deleted_is_gone_and_one_in_use_stays(tmp_path):
    folder, kept = made(tmp_path), Kept.begin(tmp_path, SPELLING)
    delete(folder)
    assert folders(tmp_path) == [kept.folder] and not folder.exists()
    with pytest.raises(RunError, match="is open in a tuilab"):
        delete(kept.folder)
    with pytest.raises(RunError, match="no longer there"):
        delete(folder)


def test_room_is_made_from_the_oldest_but_what_has_a_name_or_notes_or_is_in_use_stays(tmp_path):
    runs = [made(tmp_path) for _ in range(6)]
    rename(runs[0], "my best")
    annotate(runs[1], "look again")
    kept = Kept.reopen(tmp_path, runs[2].name)
    assert make_room(tmp_path, most=2) == [runs[3].name]
    assert folders(tmp_path) == [runs[5], runs[4], runs[2], runs[1], runs[0]]
    kept.close()
    assert make_room(tmp_path, most_bytes=0) == [runs[5].name, runs[4].name, runs[2].name]


def test_what_was_broken_off_while_it_was_deleted_or_made_goes_with_the_next(tmp_path):
    folder, kept = made(tmp_path), Kept.begin(tmp_path, SPELLING)
    folder.rename(tmp_path / f".going-{folder.name}")
    (tmp_path / ".making-20260101-000000.000000-forecast").mkdir()
    held = tmp_path / f".making-{kept.name}"
    kept.folder.rename(held)
    assert not list(rows(tmp_path))
    make_room(tmp_path)
    assert list(tmp_path.glob(".[gm]*")) == [held]  # somebody is making it


def test_of_a_run_left_long_ago_no_offer_is_made(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "_LOOKED_AT", 2)
    made(tmp_path)
    for _ in range(2):
        made(tmp_path, finished="done")
    assert newest_left(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"\x00" * 300, b'{"spelling": 3}', b"[" * 20_000, b'{"format": 0}', None])
def test_a_run_that_cannot_be_read_is_set_aside_and_no_other(tmp_path, content):
    root = tmp_path / "runs"
    damaged, whole, newer = made(root), made(root), made(root)
    (newer / "run.json").write_text('{"format": 99, "all": "new"}')
    if content is None:
        (damaged / "run.json").unlink()
    else:
        (damaged / "run.json").write_bytes(content)
    (place,) = clear_damaged(root)
    assert place.parent == tmp_path / "damaged" and place.name.startswith(damaged.name)
    assert (place / "log.jsonl").exists()
    assert folders(root) == [newer, whole] and clear_damaged(root) == []


def test_a_state_that_cannot_be_read_is_set_aside_and_the_rest_of_the_run_stays(tmp_path):
    root = tmp_path / "runs"
    folder = made(root)
    (folder / "state.safetensors").write_bytes(b"\xff" * 100)
    kept = Kept.reopen(root, folder.name)
    with pytest.raises(RunError, match=r"cannot be read; train again\. What was saved is in .*damaged/"):
        kept.load()
    kept.close()
    assert row(folder).step == 25 and [each.suffix for each in (tmp_path / "damaged").iterdir()] == [".safetensors"]


def test_a_learner_of_a_class_has_less_room(tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "MOST_IN_A_CLASS", 0)
    folder = made(tmp_path)
    assert make_room(tmp_path) == []
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    assert make_room(tmp_path) == [folder.name]


@pytest.mark.parametrize("name", ["log.jsonl", "label.json"])
def test_a_log_or_a_label_that_cannot_be_read_is_set_aside_and_the_run_stays(tmp_path, name):
    root = tmp_path / "runs"
    folder, whole = made(root, finished="done"), made(root, finished="done")
    rename(folder, "mine")
    rename(whole, "also mine")
    (folder / name).write_bytes(b"\xff junk" * 30)
    (place,) = clear_damaged(root)
    assert place.name.startswith(f"{folder.name}-{name.partition('.')[0]}") and clear_damaged(root) == []
    assert not (folder / name).exists() and row(folder).step == 25
    assert label_of(whole).title == "also mine" and (whole / "log.jsonl").exists()
