"""What the pages of every lesson ask, and what their questions need."""

import re

import pytest

from tests.labs.typed import asked
from tuilab.course.lesson import ExerciseBlock, PredictBlock, Prose, QuizBlock
from tuilab.course.quiz import judge, judge_prediction, needed
from tuilab.course.reader import lessons_folder, read_lessons

_OF_ITS_LAB = re.compile(r"\bseed\b|\bthis layer\b|\bHold\b|\([a-z]\)|\w\[\d")
"""What a question says that speaks of the lab of its page: a seed, a place in an array, a key."""


def test_every_page_but_the_first_has_something_to_do():
    """The first says what a lesson is for."""
    for lesson in read_lessons(lessons_folder())[0]:
        for number, page in enumerate(lesson.pages()[1:], start=2):
            assert not all(isinstance(part, Prose) for part in page.segments), (lesson.name, number, page.title)


def takes(lesson) -> float:
    """Minutes: reading at 200 words a minute, one more for each lab and each question, five for each exercise."""
    parts = [part for page in lesson.pages() for part in page.segments]
    prose = [part.text for part in parts if isinstance(part, Prose)]
    blocks = [
        part.question if isinstance(part, PredictBlock) else part for part in parts if not isinstance(part, Prose)
    ]
    asked = [each.ask for each in blocks if isinstance(each, QuizBlock)]
    asked += [choice.text for each in blocks if isinstance(each, QuizBlock) for choice in each.choices]
    written = sum(isinstance(each, ExerciseBlock) for each in blocks)
    return len(" ".join(prose + asked).split()) / 200 + len(blocks) + 4 * written


def test_minutes_are_what_a_lesson_takes():
    lessons = read_lessons(lessons_folder())[0]
    for lesson in lessons:
        assert abs(lesson.minutes - takes(lesson)) <= 5, (lesson.name, takes(lesson))
    minutes = {lesson.number: lesson.minutes for lesson in lessons}
    read = sum(minutes.values()) - minutes[7] - minutes[9]
    assert (
        3.5 * 60 < read < 4.5 * 60
        and 60 <= minutes[7] <= 90
        and 45 <= minutes[9] <= 75
        and 2 * 60 < sum(minutes[n] for n in (1, 2, 3, 4)) < 2.5 * 60
    )


def test_a_number_that_only_the_lab_shows_is_not_asked_without_it():
    pages = [page for lesson in read_lessons(lessons_folder())[0] for page in lesson.pages()]
    quizzes = [part for page in pages for part in page.segments if isinstance(part, QuizBlock)]
    of_labs = {quiz.id for quiz in quizzes if quiz.kind == "number" and _OF_ITS_LAB.search(quiz.ask)}
    assert of_labs == {quiz.id for quiz in quizzes if not quiz.alone} == {"sum", "rows", "forgotten", "two"}


def _numbers():
    """The judge and the block of every question of every lesson that is answered with a number."""
    for lesson in read_lessons(lessons_folder())[0]:
        for part in (part for page in lesson.pages() for part in page.segments):
            predicted = isinstance(part, PredictBlock)
            block = part.question if predicted else part
            if isinstance(block, QuizBlock) and block.kind == "number":
                slow = [pytest.mark.slow] if block.experiment.startswith("freerun") else []
                how = judge_prediction if predicted else judge
                yield pytest.param(how, block, id=f"{lesson.number}-{block.id}", marks=slow)


@pytest.mark.parametrize(("how", "block"), [*_numbers()])
def test_any_wrong_number_gets_a_verdict(how, block, caplog):
    answers = {each: asked(each) for each in needed(block)}
    for typed in ("0", "1", "-1", "0.5", "0,5", "−2.25", "7", "1e6", "123456.78"):
        verdict = how(block, typed, answers)
        assert verdict.sentence and (not verdict.right or typed != "123456.78"), (typed, verdict)
    assert not caplog.records, caplog.text  # nor did a slip fail
