import pytest

from tuilab.course.pagename import page_named, with_a_point
from tuilab.course.reader import lessons_folder, read_lessons


@pytest.mark.parametrize("name", ["7.6", "7/6", " 7.6 ", "07.06"])
def test_a_page_is_known_by_its_number(name):
    lesson, page, title = page_named(name, read_lessons(lessons_folder())[0])
    assert (lesson.number, page, title) == (7, 6, "Three: a window")


@pytest.mark.parametrize("name", ["7", "7.0", "7.99", "99.1", "7.6.1", "a.b", "", "7.-1", "7." + "9" * 50])
def test_what_is_no_page_is_none(name):
    assert page_named(name, read_lessons(lessons_folder())[0]) is None


def test_a_page_of_a_lesson_with_a_mistake_is_none(tmp_path):
    folder = tmp_path / "01-one"
    folder.mkdir()
    (folder / "lesson.md").write_text("---\ntitle: a\nsummary: b\nminutes: 1\n---\n## A\n\n```lab\nopen = 1\n```\n")
    assert page_named("1.1", read_lessons(tmp_path)[0]) is None


def test_only_the_name_of_a_page_is_changed():
    assert (with_a_point("7/6"), with_a_point("n/a"), with_a_point("1/2/3")) == ("7.6", "n/a", "1/2/3")
