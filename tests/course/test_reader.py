import subprocess
import sys
from types import SimpleNamespace

import pytest

from tuilab.course.leftoff import after_last_page, left_off
from tuilab.course.lesson import LessonError
from tuilab.course.reader import lessons_folder, not_there, read_lessons


def test_lessons_come_in_order_with_what_the_home_screen_shows(write):
    write.lesson("## A\n## B\n```text\n## C\n```\n", name="10-late")
    path = write.lesson("# T\n\n## A\n", name="02-early")
    (write.folder / "notes").mkdir()
    (write.folder / "03-file").write_text("not a folder")
    (early, late), mistakes = read_lessons(write.folder)
    assert mistakes == []
    assert (early.number, early.title, early.summary, early.minutes) == (2, "Shapes", "Every number.", 20)
    assert (early.name, early.path, early.page_count) == ("02-early", path, 1)
    assert (late.number, late.page_count, len(late.pages())) == (10, 2, 2)


@pytest.mark.parametrize(
    ("front", "line", "sentence"),
    [
        ("", 1, "The lesson does not begin with front matter between two lines of ---."),
        ("---\ntitle: a\n", 1, "The front matter is not ended by a line of ---."),
        ("---\ntitle: a\nsummary: b\n---\n", 1, "The front matter has no 'minutes'."),
        (
            "---\ntitle: a\n\nsize: 3\n---\n",
            4,
            "There is no key 'size' here. There are: title, summary, minutes.",
        ),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "'title' stands twice in the front matter."),
        ("---\ntitle:\n---\n", 2, "'title' has no value."),
        ("---\ntitle\n---\n", 2, "Front matter is written as key: value, one to a line."),
        ("---\nminutes: long\n---\n", 2, "minutes is a whole number from 1 to 999, not 'long'."),
        (
            "---\ntitle: a\nsummary: b: c\nminutes: 5\n---\n",
            6,
            "The lesson has no page; a page begins with ##.",
        ),
    ],
)
def test_a_mistake_does_not_stop_the_others(write, front, line, sentence):
    write.lesson("Text.\n", name="01-bad", front=front)
    write.lesson("## A\n", name="02-good")
    (lesson,), (mistake,) = read_lessons(write.folder)
    assert lesson.number == 2
    assert str(mistake) == f"01-bad/lesson.md, line {line}: {sentence}"


def test_what_is_not_utf8_is_said_with_its_line(write):
    write.lesson("## A\n").write_bytes(b"---\ntitle: a\nsummary: \xff\n")
    assert str(read_lessons(write.folder)[1][0]) == "01-shapes/lesson.md, line 3: The text is not UTF-8."


def test_a_folder_of_tables_alone_is_no_lesson_yet(write):
    for name in ("01-first", "03-last"):
        write.lesson("## A\n", name=name)
    data = write.folder / "02-data"
    data.mkdir()
    (data / "milk.csv").write_text("date,pounds\n")
    lessons, mistakes = read_lessons(write.folder)
    assert (len(lessons), mistakes, not_there(lessons, mistakes)) == (2, [], [2])
    (data / "lesson.txt").write_text("")  # a name that is mistaken
    assert [mistake.file for mistake in read_lessons(write.folder)[1]] == ["02-data/lesson.md"]


def test_a_lesson_that_is_not_there_is_said(write):
    write.lesson("## A\n").unlink()
    (mistake,) = read_lessons(write.folder)[1]
    assert mistake.sentence == "The lesson cannot be read: No such file or directory."


def test_lines_may_end_as_on_windows_and_the_file_begin_with_a_mark(write):
    path = write.lesson("## A\nText.\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (lesson,), mistakes = read_lessons(write.folder)
    assert (lesson.title, lesson.pages()[0].title, mistakes) == ("Shapes", "A", [])


def test_no_folder_has_no_lessons(tmp_path):
    assert read_lessons(tmp_path / "nowhere") == ([], [])


def test_the_folder_of_lessons_is_that_of_the_checkout():
    assert lessons_folder().name == "lessons"
    assert (lessons_folder().parent / "pyproject.toml").is_file()


def test_listing_lessons_imports_nothing_heavy(write):
    write.lesson("## A\n$x_1$\n")
    program = (
        "import sys; from pathlib import Path; from tuilab.course.reader import read_lessons;"
        f"assert len(read_lessons(Path({str(write.folder)!r}))[0]) == 1;"
        "heavy = 'markdown_it', 'pylatexenc', 'unicodeit', 'tomllib', 'msgspec', 'textual', 'torch';"
        "print([module for module in heavy if module in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "[]"


def test_a_control_character_is_a_mistake_with_its_line(write):
    write.lesson("## A\n\nred \x1b[31m\n")
    _, (mistake,) = read_lessons(write.folder)
    assert mistake.sentence == "A control character stands here, U+001B; take it out."
    assert write.folder.joinpath(mistake.file).read_text().split("\n")[mistake.line - 1] == "red \x1b[31m"


def test_what_a_mistake_quotes_cannot_steer_the_terminal():
    assert str(LessonError("01-a\x1b]0;x\x07/lesson.md", 3, "'\x9b2J'")).isprintable()


def test_the_page_to_go_on_with_is_one_that_there_is(write):
    write.lesson("## A\n## B\n", name="02-early")
    lessons, _ = read_lessons(write.folder)
    assert left_off(lessons, places("02-early", 9)) == (lessons[0], 2)


QUIZ = """
```quiz
id = "a"
ask = "?"
```
"""


def places(lesson, page, seen=(), right=0):
    """A learner who was at a page last, and has done this in each lesson of `seen`."""
    return SimpleNamespace(
        last_place=lambda: (lesson, page),
        last_page=lambda name: None if name not in seen else 1,
        pages=lambda name: {1, 2} if name in seen else set(),
        score=lambda name: (right if name in seen else 0, 2),
    )


def test_after_all_pages_and_questions_of_a_lesson_the_next_that_is_open_comes(write):
    for name in ("01-one", "02-two", "03-three"):
        write.lesson("## A\n## B\n" + 2 * QUIZ, name=name)
    lessons, _ = read_lessons(write.folder)
    one, two, three = lessons
    assert one.quiz_count == 2
    assert left_off(lessons, places("01-one", 1, ["01-one"], right=1)) == (one, 1)
    assert left_off(lessons, places("01-one", 1, ["01-one"], right=2)) == (two, 1)
    assert left_off(lessons, places("01-one", 1, ["01-one", "02-two"], right=2)) == (three, 1)
    assert left_off(lessons, places("03-three", 1, [each.name for each in lessons], right=2)) == (three, 1)
    assert after_last_page(one, lessons, places("01-one", 2, ["01-one"], right=1)) == (
        "This is the last page. Questions that are still open: 1 of 2. Next: lesson 2, Shapes."
    )
    assert after_last_page(three, lessons, places("03-three", 2, ["03-three"], right=2)) == "This is the last page."


def test_numbers_that_no_lesson_has_are_told_unless_one_has_a_mistake(write):
    for name in ("02-early", "06-late", "07-last"):
        write.lesson("## A\n", name=name)
    lessons, mistakes = read_lessons(write.folder)
    assert not_there(lessons, mistakes) == [3, 4, 5]
    assert not_there(lessons, [LessonError("04-a/lesson.md", 1, "No.")]) == not_there([], []) == []
