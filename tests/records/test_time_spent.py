"""How long a learner was at each lesson."""

from datetime import UTC, datetime, timedelta

import pytest

from tuilab.records import progress as module
from tuilab.records.progress import Progress

BEGIN = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """`at(30)` sets the clock to so many seconds after the beginning."""

    def at(seconds):
        monkeypatch.setattr(module, "_now", (BEGIN + timedelta(seconds=seconds)).isoformat)

    at(0)
    return at


@pytest.fixture
def progress(tmp_path):
    yield (progress := Progress(tmp_path))
    again = Progress(tmp_path)
    assert [again.seconds(each) for each in ("a", "b")] == [progress.seconds(each) for each in ("a", "b")]


def test_what_lies_between_one_thing_done_and_the_next_counts_for_the_lesson_that_was_open(progress, at):
    progress.page_seen("a", 1)
    at(60)
    progress.answered("a/q", "1", False)
    at(90)
    progress.hinted("a/q", 1)
    at(100)
    progress.page_seen("b", 1)
    at(130)
    progress.lab_set("b", 1, "neuron", "neuron wx=2")
    at(140)
    progress.predicted("b/p", "1", True)
    at(150)
    progress.left("b")
    assert (progress.seconds("a"), progress.seconds("b"), progress.seconds("c")) == (100, 50, 0)


def test_a_break_does_not_count_and_what_comes_after_it_does(progress, at):
    progress.page_seen("a", 1)
    at(300)
    progress.page_seen("a", 2)
    at(601)
    progress.page_seen("a", 2)  # back at the page where the break was
    at(611)
    progress.page_seen("a", 3)
    assert progress.seconds("a") == 310


def test_nothing_counts_between_leaving_and_coming_back(progress, at):
    progress.page_seen("a", 1)
    at(10)
    progress.left("b")
    progress.left("a")
    progress.left("a")
    at(100)
    progress.page_seen("a", 1)
    at(120)
    progress.left("a")
    progress.set_setting("theme", "dark")
    assert progress.seconds("a") == 30


def test_a_clock_that_is_set_back_costs_nothing_and_gives_nothing(progress, at):
    progress.page_seen("a", 1)
    at(100)
    progress.page_seen("a", 2)
    at(-3600)
    progress.page_seen("a", 3)
    at(-3590)
    progress.page_seen("a", 4)
    assert (progress.seconds("a"), progress.last_place()) == (110, ("a", 4))


def test_the_newest_answer_is_the_last_in_the_file_whatever_the_clock_said(progress, at):
    for seconds, quiz, right in ((50, "a/q", True), (60, "a/r", True), (-99, "a/s", True), (-98, "a/q", False)):
        at(seconds)
        progress.answered(quiz, "1", right)
    assert list(progress.latest()) == ["a/r", "a/s", "a/q"] and progress.answers()["a/q"] is False
