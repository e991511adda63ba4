"""The record of progress in plain lines: labs as they were left, what went wrong, time spent, what is not saved."""

from datetime import UTC, datetime, timedelta

import pytest

from tuilab.records import progress as module
from tuilab.records.folders import data_folder

ONE = "01-recurrent-neuron"
OWN = "neuron w_x=1 w_y=0 b=0"  # of page 4 of lesson 1
SAID = "It stands as you left it; undo gives the page's own."


def test_a_lab_comes_back_as_it_was_left_and_undo_gives_the_pages_own(talk) -> None:
    said = talk("page 4", "set w_x=3", "page 2", "page 4", lesson=1)
    assert said.count(SAID) == 1 and talk.progress.lab(ONE, 4, OWN) == "neuron w_x=3 w_y=0"
    again = talk("why", "undo", "page", lesson=1)
    assert again.count(SAID) == 1 and "Lab: neuron w_x=3 w_y=0\n" in again
    assert "The lab stands at: neuron w_x=1 w_y=0." in again
    assert talk.progress.lab(ONE, 4, OWN) == "" and SAID not in talk("page 4", lesson=1)


def test_what_cannot_be_read_any_more_is_passed_over(talk) -> None:
    talk.progress.lab_set(ONE, 4, OWN, "neuron frog=1")
    said = talk("page 4", lesson=1)
    assert SAID not in said and "Lab: neuron w_x=1 w_y=0\n" in said


def test_where_a_prediction_has_put_the_lab_is_no_change(talk) -> None:
    talk("page 5", "3", "q", lesson=1)
    assert SAID not in talk("page 5", lesson=1)


def test_what_went_wrong_is_asked_once_more(talk) -> None:
    assert "There is no question that went wrong" in talk("r")
    talk("page 10", "a", "n", "3", lesson=1)
    said = talk("r", "b", "q", "list", "r", "4.25", "r").replace("\n", " ")
    assert "r reviews 2 questions from lesson 1 that went wrong." in said
    assert said.index("Review: questions whose latest answer was wrong.") < said.index("What does it remember?")
    assert "r reviews 1 question from lesson 1 that went wrong." in said
    assert said.rstrip().endswith("There is no question that went wrong and was not right since.")
    assert talk.progress.answers() == {f"{ONE}/counter": True, f"{ONE}/half-memory": True}


def test_time_spent_is_told_by_lesson_and_in_all(talk, monkeypatch) -> None:
    now = [datetime(2026, 1, 5, 9, tzinfo=UTC)]

    def read() -> str:
        return now[0].isoformat()

    monkeypatch.setattr(module, "_now", read)
    progress = talk.progress
    for page in range(1, 14):
        progress.page_seen(ONE, page)
        now[0] += timedelta(seconds=290)
    progress.left(ONE)
    said = talk().replace("\n     ", " ")
    assert "25 minutes, 13 pages, 13 seen, 1 h 3 min spent." in said
    assert "Time spent in all: 1 h 3 min, breaks of five minutes and more left out." in said.replace("\n  ", " ")


@pytest.mark.parametrize("opening", [{}, {"lesson": 1}])
def test_what_was_damaged_is_told_with_its_place(talk, opening) -> None:
    talk.progress.page_seen(ONE, 1)
    with (data_folder() / "progress.jsonl").open("ab") as file:
        file.write(b"\xff\xff\n")
    said = talk(**opening).replace("\n", " ")
    assert said.count("Progress was damaged: 1 of 2 lines could not be read; the file as it was is") == 1
    assert "Progress was damaged" not in talk(**opening).replace("\n", " ")


def test_what_another_program_writes_is_seen(talk, monkeypatch) -> None:
    other = talk.progress
    real = module.Progress.refresh

    def refresh(self) -> None:
        other.page_seen("02-layer-by-hand", 3)
        real(self)

    monkeypatch.setattr(module.Progress, "refresh", refresh)
    assert "g goes on with lesson 2, page 3 of 16." in talk("list")
