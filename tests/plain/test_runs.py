"""The kept runs at home, as lines."""

import pytest

from tests.support.runs import called, made
from tuilab.records.about import label_of
from tuilab.records.folders import runs_folder
from tuilab.records.runs import Kept


@pytest.fixture
def runs():
    root = runs_folder()
    return [
        made(root, "forecast steps=40", steps=40, moments=(10, 20)),
        called(made(root, "forecast cell=gru steps=60", steps=30, finished=None), "mine", "small\nbut quick"),
        made(root, "race", steps=20, finished="stopped"),
    ]


def test_the_newest_come_first_and_a_word_or_a_number_narrows_them(talk, runs):
    said = talk("runs", "runs gru", "runs 2", "runs zzz")
    assert said.index("1. race") < said.index("2. mine: forecast cell=gru") < said.index("3. forecast steps=40")
    assert "1. mine: forecast cell=gru steps=60" in said
    assert "There are more: runs 10 lists so many" in said and "No run has 'zzz' in its spelling or name." in said


def test_without_a_run_it_is_said_so(talk):
    assert "No run is kept yet." in talk("runs") and "There is no run 1 in the list" in talk("run 1")


def test_one_is_told_with_its_loss_at_ten_steps(talk, runs):
    said = talk("run 2", "run mine", f"run {runs[0].name}", "run last")
    assert said.count("called mine") == 2 and "Notes: small\n  but quick" in said
    assert "left at step 30" in said and "Moments kept, from which branch= can go on: 10, 20, 40." in said
    table = said.partition(f"Kept as {runs[0].name}")[2].partition("norm\n")[2].splitlines()[:10]
    assert [int(line.split()[0]) for line in table] == [1, 5, 10, 14, 18, 23, 27, 31, 36, 40]
    assert "Run: race" in said


def test_numbers_count_in_the_list_that_was_printed_last(talk, runs):
    assert "Run: forecast cell=gru" in talk("runs gru", "run 1")


def test_one_is_trained_on_where_it_was_left(talk, runs, monkeypatch):
    opened = []
    monkeypatch.setattr("tuilab.plain.home.LabRoom.__init__", lambda self, *given: opened.append(given[1:]))
    monkeypatch.setattr("tuilab.plain.home.LabRoom.stay", lambda self: None)
    said = talk("run 2 on", "run 1 on", "run 3 branch 20", "run 3 branch", "run 3 branch 7").replace("\n", " ")
    assert opened[0][1] == runs[1].name and opened[0][0].cell == "gru"
    assert "That training is stopped, at step 20;" in said
    assert (opened[1][0].branch, opened[1][0].steps) == (f"{runs[0].name}@20", 40)
    assert (opened[2][0].branch, opened[2][0].steps) == (f"{runs[0].name}@40", 80)
    assert "The run ends at step 40: steps is 80 now" in said
    assert "7 is no step that was kept of it; there are 10, 20, 40." in said


def test_one_that_is_trained_elsewhere_is_not_trained_on(talk):
    kept = Kept.begin(runs_folder(), "forecast")
    assert "That training is training, at step 0; go on there." in talk("run 1 on")
    kept.close()


def test_a_name_and_notes_are_kept_and_a_slip_gets_a_sentence(talk, runs):
    typed = ("run 1 name  all  cells ", "run 1 note first", "run 1 note second", "run 3 name mine", "run 1 frog", "run")
    said = talk(*typed).replace("\n", " ")
    assert label_of(runs[2]).title == "all cells" and label_of(runs[2]).notes == "first\nsecond"
    for sentence in (
        "It is called all cells now.",
        "'mine' is the name of another run",
        "A run cannot be asked to 'frog'",
        "Write which run: run 1, run last, or its name",
    ):
        assert sentence in said


def test_a_damaged_run_is_named_once(talk, runs):
    (runs[0] / "run.json").write_text("{")
    said = talk("runs", "runs").replace("\n", " ")
    assert said.count("A run could not be read") == 1 and runs[0].name in said
