import pytest

from tuilab.course.lesson import Choice, LabBlock, LessonError, Prose, QuizBlock
from tuilab.course.reader import read_lessons
from tuilab.labs.unroll.spec import UnrollShow

BODY = """\
# Shapes

## The layer $Y_t$

Look at $w_y$.

```lab
open = "unroll seed=7"
[show]
step = 1
part = "sum"
cursor = "sum[0,1]"
```

```python
## not a page
```

## Questions
```quiz
id = "shape"
ask = "Which shape has $W_y$?"
experiment = "unroll"
answer = "shapes.Wy"
why = "One row to a neuron."
[[choices]]
text = "(3, 3)"
value = [3, 3]
[[choices]]
text = "(2, 3)"
value = [2, 3]
why = "That is $W_x$."
```
```quiz
id = "y"
ask = "How much?"
experiment = "unroll seed=2"
answer = "steps[1].Y[0][2]"
tolerance = 0.01
```
Well done.
"""


@pytest.fixture
def pages(write):
    write.lesson(BODY)
    (lesson,), _ = read_lessons(write.folder)
    return lesson.pages()


def test_pages_have_titles_and_lines(pages):
    assert [(page.title, page.line) for page in pages] == [("The layer Yₜ", 8), ("Questions", 24)]


def test_prose_and_labs_come_in_order(pages):
    assert pages[0].segments == (
        Prose("Look at w\\_y."),
        LabBlock("unroll seed=7", UnrollShow(step=1, part="sum", cursor="sum[0,1]"), 12),
        Prose("```python\n## not a page\n```"),
    )


def test_quizzes_hold_what_was_written(pages):
    choose, number, after = pages[1].segments
    choices = (Choice("(3, 3)", [3, 3]), Choice("(2, 3)", [2, 3], "That is W_x."))
    ask = "Which shape has W_y?"
    assert choose == QuizBlock("shape", ask, "choose", choices, "unroll", "shapes.Wy", 0.0, "One row to a neuron.", 25)
    assert number == QuizBlock("y", "How much?", "number", (), "unroll seed=2", "steps[1].Y[0][2]", 0.01, "", 39)
    assert after == Prose("Well done.")


def test_pages_are_cut_once(write):
    path = write.lesson(BODY)
    (lesson,), _ = read_lessons(write.folder)
    pages = lesson.pages()
    path.unlink()
    assert lesson.pages() is pages


def test_a_mistake_comes_when_the_pages_are_asked_for(write):
    write.lesson("## A\n```lab\nopen = 1\n```\n")
    (lesson,), mistakes = read_lessons(write.folder)
    assert mistakes == []
    with pytest.raises(LessonError, match=r"^01-shapes/lesson.md, line 8: open is text in quotes.$"):
        lesson.pages()
