"""Which questions come once more before a new lesson."""

from types import SimpleNamespace

import pytest

from tuilab.course.reader import read_lessons
from tuilab.course.review import count_told, missed, review
from tuilab.records.progress import Progress

PAGE = """\
## Page
```quiz
id = "{0}1"
ask = "?"
experiment = "unroll"
answer = "b[0][0]"
tolerance = 0.1
```
```quiz
id = "{0}2"
ask = "?"
experiment = "unroll"
answer = "b[0][0]"
tolerance = 0.1
```
"""


class Record:
    def __init__(self, answers, troubled=(), begun=()):
        by_age = sorted(answers.items(), key=lambda each: each[1][1])
        self.answers = {name: SimpleNamespace(right=right) for name, (right, _) in by_age}
        self.troubled, self.begun_ones = troubled, begun

    def begun(self, lesson):
        return lesson in self.begun_ones

    def latest(self):
        return self.answers

    def trouble(self, quiz):
        return int(quiz in self.troubled)


@pytest.fixture
def lessons(write):
    for name in ("01-a", "02-b", "03-c"):
        write.lesson(PAGE.format(name[-1]), name=name)
    return read_lessons(write.folder)[0]


@pytest.fixture
def asked(lessons):

    def asked(number, answers, **more):
        opening = next(lesson for lesson in lessons if lesson.number == number)
        return [each.name for each in review(lessons, opening, Record(answers, **more))]

    return asked


def test_where_nothing_was_answered_nothing_is_asked(asked):
    assert asked(3, {}) == []


def test_a_lesson_that_was_begun_opens_at_once(asked):
    answers = {"01-a/a1": (False, "1")}
    assert asked(2, answers) == ["01-a/a1"] and asked(2, answers, begun=["02-b"]) == []


def test_only_earlier_lessons_are_asked_about(asked):
    answers = {"02-b/b1": (False, "1"), "03-c/c1": (False, "2")}
    assert asked(1, answers) == [] and asked(2, answers) == [] and asked(3, answers) == ["02-b/b1"]


def test_what_is_wrong_comes_first_then_what_had_trouble_then_what_is_long_ago(asked):
    answers = {"01-a/a1": (True, "1"), "01-a/a2": (True, "4"), "02-b/b1": (True, "3"), "02-b/b2": (False, "5")}
    assert asked(3, answers) == ["02-b/b2", "01-a/a1"]
    assert asked(3, answers, troubled=["01-a/a2"]) == ["02-b/b2", "01-a/a2"]
    del answers["02-b/b2"]
    assert asked(3, answers) == ["01-a/a1", "02-b/b1"]


def test_what_was_wrong_at_first_is_asked_once_more_and_then_makes_room(write, tmp_path, monkeypatch):
    for name in ("01-a", "02-b"):
        write.lesson(PAGE.format(name[-1]), name=name)
    lessons, _ = read_lessons(write.folder)
    progress, seconds = Progress(tmp_path), iter("123456789")
    monkeypatch.setattr("tuilab.records.progress._now", lambda: next(seconds))
    for quiz, right in (("01-a/a1", True), ("01-a/a2", False), ("01-a/a2", True)):
        progress.answered(quiz, "", right)
    progress.hinted("01-a/a2", 1)

    def due():
        return [each.name for each in review(lessons, lessons[1], progress)]

    assert due() == ["01-a/a2", "01-a/a1"]
    progress.answered("01-a/a2", "", True)
    assert due() == ["01-a/a2", "01-a/a1"]  # the hint was needed
    progress.answered("01-a/a2", "", True)
    assert due() == ["01-a/a1", "01-a/a2"]


def test_a_question_that_needs_its_lab_is_not_asked_without_it(write):
    first, second = PAGE.format("a").split("```\n", 1)
    write.lesson(f"{first}alone = false\n```\n{second}", name="01-a")
    write.lesson(PAGE.format("b"), name="02-b")
    lessons, _ = read_lessons(write.folder)
    record = Record({"01-a/a1": (False, "1"), "01-a/a2": (False, "2")})
    assert [each.name for each in review(lessons, lessons[1], record)] == ["01-a/a2"]


def test_a_question_that_is_no_more_is_not_asked(asked):
    assert asked(3, {"01-a/gone": (False, "1"), "00-old/x": (False, "1")}) == []


def test_what_was_missed_in_any_lesson_comes_in_the_order_of_the_course(lessons):
    answers = {"03-c/c1": (False, "1"), "01-a/a2": (False, "2"), "01-a/a1": (True, "3"), "gone/x": (False, "4")}
    record = Record(answers, begun=("01-a", "03-c"))
    assert [asked.name for asked in missed(lessons, record)] == ["01-a/a2", "03-c/c1"]
    assert missed(lessons, Record({})) == []


def test_a_lesson_without_anything_missed_is_not_read(lessons):
    missed(lessons, Record({"02-b/b1": (False, "1"), "03-c/c1": (True, "1")}))
    assert ["_pages" in lesson.__dict__ for lesson in lessons] == [False, True, False]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["02-b/b1"], "1 question from lesson 2"),
        (["01-a/a1", "01-a/a2"], "2 questions from lesson 1"),
        (["01-a/a1", "03-c/c2"], "2 questions from lessons 1 and 3"),
        (["01-a/a1", "02-b/b1", "03-c/c1", "03-c/c2"], "4 questions from lessons 1, 2 and 3"),
    ],
)
def test_how_many_and_from_where_is_told(lessons, names, told):
    assert count_told(missed(lessons, Record(dict.fromkeys(names, (False, "1"))))) == told
