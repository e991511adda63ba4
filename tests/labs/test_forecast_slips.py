"""How many rows are left to train on, counted wrongly."""

from dataclasses import replace

import pytest

from tests.labs.typed import asked
from tuilab.course.lesson import QuizBlock
from tuilab.course.quiz import judge
from tuilab.course.reader import lessons_folder, read_lessons

SPELLED = "forecast data=milk held=24"


@pytest.fixture(scope="module")
def question():
    milk = next(lesson for lesson in read_lessons(lessons_folder())[0] if lesson.number == 7)
    blocks = [part for page in milk.pages() for part in page.segments if isinstance(part, QuizBlock)]
    return next(block for block in blocks if block.id == "left-to-train")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("144", "the validation rows are not taken off"),
        ("168", "nothing is taken off"),
        ("48", "what is taken off was counted"),
        ("132", "only a season is taken for the validation rows"),
    ],
)
def test_a_wrong_number_is_named(question, typed, name):
    verdict = judge(question, typed, {SPELLED: asked(SPELLED)})
    assert not verdict.right and verdict.sentence.startswith(f"{typed} is not it. It is what comes out where {name}. ")


def test_where_both_parts_differ_the_held_out_rows_are_told_too(question):
    spelled = "forecast data=milk held=24 validation=36"
    verdict = judge(replace(question, experiment=spelled), "132", {spelled: asked(spelled)})
    assert "the held-out rows are not taken off" in verdict.sentence


def test_a_network_that_went_on_by_itself_knows_no_slip(question):
    spelled = "freerun steps=1 hidden=2 go=5"
    lasts = replace(question, experiment=spelled, answer="lasted")
    assert "is not it. Work it out" in judge(lasts, "999", {spelled: asked(spelled)}).sentence


def test_what_is_right_is_right_and_what_is_no_slip_is_none(question):
    assert judge(question, "120", {SPELLED: asked(SPELLED)}).right
    assert "is not it. Work it out" in judge(question, "119", {SPELLED: asked(SPELLED)}).sentence
