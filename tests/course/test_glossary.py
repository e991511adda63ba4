"""The glossary: read, looked up in, and held against the lessons."""

import pytest

from tuilab.course.check import check_lessons
from tuilab.course.glossary import best, check_entries, look_up, place_of, read_glossary
from tuilab.course.reader import lessons_folder, read_lessons

GOOD = """\
[[term]]
term = "h"
also = ["hidden state"]
means = "What a cell says."
lesson = 1
page = "Page yₜ"
lab = "cell"

[[term]]
term = "H"
means = "Another, that hides nothing."
lesson = 1
page = "Page yₜ"
lab = "cell t=2"
"""


@pytest.fixture
def glossary(write):
    def glossary(text):
        write.lesson('## Page $y_t$\nWhat *h* and H\nare, hidden states.\n```lab\nopen = "cell"\n```\n## Other\n')
        (write.folder / "glossary.toml").write_text(text)
        return [str(mistake) for mistake in check_lessons(write.folder, lambda spec: None)]

    return glossary


def test_every_page_and_lab_of_the_courses_glossary_is_there():
    entries, mistakes = read_glossary(lessons_folder())
    lessons, _ = read_lessons(lessons_folder())
    assert mistakes == [] and list(check_entries(entries, lessons)) == [] and len(entries) > 50
    lesson, page = place_of(best(entries, "forget gate")[0], lessons)
    assert lesson.number == 5 and lesson.pages()[page].title == "The forget gate"


def test_what_is_right_is_right(glossary, write):
    assert glossary(GOOD) == []
    assert [entry.line for entry in read_glossary(write.folder)[0]] == [1, 9]


def test_a_course_without_a_glossary_has_none(write):
    assert read_glossary(write.folder) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('page = "Page yₜ"\nlab = "cell"', 'page = "Nowhere"\nlab = "cell"', "1: h: lesson 1 has no page 'Nowhere'."),
        ('page = "Page yₜ"\nlab = "cell"', 'page = "Other"\nlab = "cell"', "1: h: the page 'Other' does not have this"),
        ('lab = "cell"', 'lab = "unroll"', "1: h: the page 'Page yₜ' has the lab cell, not unroll."),
        ('term = "H"', 'term = "a"', "9: a: the page 'Page yₜ' does not have this term, nor another of its names."),
        ('term = "H"', 'term = "idden"', "9: idden: the page 'Page yₜ' does not have this term"),
        ("lesson = 1", "lesson = 7", "1: h: lesson 7 has no page 'Page yₜ'."),
        ('lab = "cell"', 'lab = "sell"', "7: There is no experiment 'sell'."),
        ('"cell t=2"', '"cell sed=2"', "14: cell: there is no field 'sed'."),
        ('term = "H"', 'term = "h"', "9: 'h' stands twice in the glossary."),
        ('means = "What a cell says."', "", "1: The term has no 'means'."),
        ("lesson = 1", 'lesson = "1"', "5: lesson is a whole number."),
        ("lesson = 1", "lesson = true", "5: lesson is a whole number."),
        ('["hidden state"]', "[1]", "3: also is a list of texts in quotes."),
        ('means = "Another', 'mean = "Another', "11: A term has no key 'mean'."),
        ('also = ["hidden state"]', "also = [", "4: The glossary block is not TOML here"),
    ],
)
def test_each_mistake_has_its_line(glossary, old, new, sentence):
    (found,) = glossary(GOOD.replace(old, new, 1))
    assert found.startswith(f"glossary.toml, line {sentence}")


def test_a_name_comes_before_a_part_of_one_and_both_before_a_meaning(glossary, write):
    glossary(GOOD)
    entries, _ = read_glossary(write.folder)

    def found(wanted):
        return [entry.term for entry in look_up(entries, wanted)]

    assert (found("h"), found("H"), found("")) == (["h", "H"], ["H", "h"], ["h", "H"])
    assert (found("state"), found("NOTHING"), found("Cell"), found("zebra")) == (["h"], ["H"], ["h"], [])
    assert [entry.term for entry in best(entries, " H ")] == ["H"]
