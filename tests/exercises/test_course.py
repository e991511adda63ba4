"""The exercises of the course, held against their own files."""

from tests.exercises.conftest import EXERCISES
from tuilab.course.exercises import read_exercises
from tuilab.course.reader import lessons_folder
from tuilab.exercises.hold import mistakes_of

MILK = ["load", "scale", "window", "batch", "model", "train", "generate", "pounds", "compare"]
WORD2VEC = ["vocabulary", "subsampling", "pairs", "noise", "update", "training", "neighbours", "together"]


def test_the_exercises_of_lessons_7_and_9_are_there_in_order():
    assert list(EXERCISES) == [*MILK, *WORD2VEC]


def test_none_has_a_mistake_starters_fail_solutions_pass_and_slips_are_named(checker):
    exercises, mistakes = read_exercises(lessons_folder())
    assert not [str(each) for each in mistakes]
    assert not [str(each) for each in mistakes_of(exercises, checker)]
