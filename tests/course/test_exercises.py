import shutil

import pytest

from tuilab.course.check import check_lessons
from tuilab.course.cutter import cut
from tuilab.course.exercises import find, read_exercises
from tuilab.course.lesson import ExerciseBlock
from tuilab.course.reader import lesson_files, lessons_folder

TOML = 'title = "One"\ntask = "Write it."\nhints = ["a", "b", "c"]\n'


@pytest.fixture
def lesson(tmp_path):
    folder = tmp_path / "lessons" / "07-milk" / "exercises" / "01-one"
    folder.mkdir(parents=True)
    for name in ("starter.py", "solution.py", "check.py"):
        (folder / name).write_text("")
    (folder / "exercise.toml").write_text(TOML)
    return folder


def only_mistake(lesson):
    found, mistakes = read_exercises(lesson.parents[2])
    assert not found and len(mistakes) == 1
    return str(mistakes[0])


def test_an_exercise_is_read(lesson):
    (exercise,), mistakes = read_exercises(lesson.parents[2])
    assert (exercise.id, exercise.title, exercise.hints) == ("07-milk/one", "One", ("a", "b", "c")) and not mistakes
    assert (exercise.seconds, exercise.files, exercise.slips()) == (5.0, (), [])


@pytest.mark.parametrize(
    ("toml", "line", "sentence"),
    [
        ("title = 1", 1, "title is text in quotes."),
        (TOML.replace("title", "name"), 1, "A exercise has no key 'name'. There are: title, task"),
        ('title = "One"\nhints = ["a", "b", "c"]', 0, "The exercise has no 'task'."),
        (TOML.replace(', "c"', ""), 3, "It has 2 of three hints: a question back, a pointer, the line."),
        (TOML + "seconds = 600", 4, "seconds is from 1 to 60, not 600."),
        (TOML + 'files = ["no.csv"]', 4, "files has 'no.csv', and there is no such file in 07-milk."),
        (TOML + 'files = ["../../etc"]', 4, "files has '../../etc', and there is no such file in 07-milk."),
        (TOML + "title = 2", 4, "The exercise block is not TOML here"),
    ],
)
def test_a_mistake_is_told_with_its_line(lesson, toml, line, sentence):
    (lesson / "exercise.toml").write_text(toml)
    told = only_mistake(lesson)
    assert told.startswith(f"07-milk/exercises/01-one/exercise.toml, line {line}: ") and sentence in told


def test_so_are_files_that_are_not_there_and_names_that_are_none(lesson):
    (lesson / "check.py").unlink()
    assert "There is no check.py beside it." in only_mistake(lesson)
    shutil.move(lesson, lesson.with_name("One"))
    assert "'One' is no name of an exercise; one is like 03-windows." in only_mistake(lesson)


def test_two_of_one_name_are_told(lesson):
    shutil.copytree(lesson, lesson.with_name("02-one"))
    assert "There is an exercise 'one' already: 01-one." in str(read_exercises(lesson.parents[2])[1][0])


def test_an_exercise_is_found_by_each_of_its_names(lesson):
    exercises, _ = read_exercises(lesson.parents[2])
    for name in ("one", "01-one", "07-milk/one", "7/one", "milk/01-one", "07/one"):
        assert find(exercises, name) == exercises, name
    assert not find(exercises, "8/one") and not find(exercises, "two") and not find(exercises, "/one")


def test_a_folder_with_exercises_and_no_text_is_no_lesson_yet(lesson):
    assert lesson_files(lesson.parents[2]) == []
    (lesson.parents[1] / "lesson.md").write_text("")
    assert len(lesson_files(lesson.parents[2])) == 1
    assert check_lessons(lesson.parents[2], lambda spec: None)  # an empty text is a mistake of the lesson


PAGE = "---\ntitle: a\nsummary: b\nminutes: 1\n---\n## A page\n\n```exercise\n{}\n```\n"


def test_a_page_names_an_exercise(lesson):
    path = lesson.parents[1] / "lesson.md"
    path.write_text(PAGE.format('name = "one"'))
    (page,), mistakes = cut(path)
    assert page.segments == (ExerciseBlock("one", 8),) and not mistakes
    assert not check_lessons(lesson.parents[2], lambda spec: None)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('name = "two"', "line 8: There is no exercise 'two' without a mistake in this lesson."),
        ("", "line 8: The exercise has no 'name'."),
        ('title = "one"', "line 9: A exercise has no key 'title'. There are: name."),
    ],
)
def test_one_that_is_not_there_is_told_with_its_line(lesson, body, sentence):
    (lesson.parents[1] / "lesson.md").write_text(PAGE.format(body))
    assert [str(each) for each in check_lessons(lesson.parents[2], lambda spec: None)] == [
        f"07-milk/lesson.md, {sentence}"
    ]


def test_those_of_the_course_have_no_mistakes():
    exercises, mistakes = read_exercises(lessons_folder())
    assert exercises and not mistakes
