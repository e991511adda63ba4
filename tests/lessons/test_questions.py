"""What the pages of every lesson ask, and what their questions need."""

import re

from tuilab.course.lesson import QuizBlock
from tuilab.course.reader import lessons_folder, read_lessons

_OF_ITS_LAB = re.compile(r"\bseed\b|\bthis layer\b|\bHold\b|\([a-z]\)|\w\[\d")
"""What a question says that speaks of the lab of its page: a seed, a place in an array, a key."""


def test_a_number_that_only_the_lab_shows_is_not_asked_without_it():
    pages = [page for lesson in read_lessons(lessons_folder())[0] for page in lesson.pages()]
    quizzes = [part for page in pages for part in page.segments if isinstance(part, QuizBlock)]
    of_labs = {quiz.id for quiz in quizzes if quiz.kind == "number" and _OF_ITS_LAB.search(quiz.ask)}
    assert of_labs == {quiz.id for quiz in quizzes if not quiz.alone} == {"sum", "rows", "forgotten", "two"}
