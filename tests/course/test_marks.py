"""Numbers in prose: marked, checked, filled in."""

import pytest

from tuilab.course.arithmetic import evaluate
from tuilab.course.check import check_lessons
from tuilab.course.marks import agrees, fill_in, like, read_marks, unmarked
from tuilab.course.reader import lessons_folder, read_lessons

ROWS = {"rows": [{"y": 1.0}, {"y": 2.5}, {"y": -1234.5678}], "shape": [5, 2], "name": "a"}


@pytest.mark.parametrize(
    ("text", "shown", "kind", "numbers"),
    [
        ("is 21<!-- = 1+2+3+4+5+6 -->.", "is 21.", "=", ("21",)),
        ("is 0.02<!-- = 1-0.99**2 -->.", "is 0.02.", "=", ("0.02",)),
        ("is 3,072<!-- = 3*32*32 -->.", "is 3,072.", "=", ("3,072",)),
        ("is −1<!-- = 2-3 -->.", "is −1.", "=", ("−1",)),
        ("6·log 2 = 4.16<!-- = 6*log(2) -->", "6·log 2 = 4.16", "=", ("4.16",)),
        ("below 0.05<!-- test: test_it -->", "below 0.05", "test", ("0.05",)),
        ("begins with 1, 0.5<!-- given -->", "begins with 1, 0.5", "given", ("0.5",)),
        ("about 0.5<!-- given\n-->", "about 0.5", "given", ("0.5",)),
    ],
)
def test_marks_are_read_and_taken_out(text, shown, kind, numbers):
    marked = read_marks(text, 3)
    assert (marked.text, marked.mistakes) == (shown, [])
    assert [(mark.kind, mark.numbers, mark.line) for mark in marked.marks] == [(kind, numbers, 3)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("is 22<!-- = 1+2+3+4+5+6 -->.", "22 is not 1+2+3+4+5+6, which is 21."),
        ("is 0.03<!-- = 1-0.99**2 -->", "0.03 is not 1-0.99**2, which is 0.0199."),
        ("is 1<!-- = 0.5+0.4 -->", "1 is not 0.5+0.4, which is 0.9."),
        ("is 1<!-- = open('x') -->", "\"open('x')\" is no arithmetic"),
        ("is 1<!-- = 9**9**9**9 -->", "'9**9**9**9' is no arithmetic"),
        ("is 1<!-- = (1).real -->", "'(1).real' is no arithmetic"),
        ("some<!-- given -->", "This comment stands behind no number."),
        ("1<!-- hello -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- lab: neuron -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- test: no name -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- lab: nonsense | a -->", "There is no experiment 'nonsense'."),
        ("1<!-- lab: neuron | a[ -->", "'a[' is not a path"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, sentence):
    marked = read_marks(f"one\ntwo {text}", 7)
    assert [line for line, _ in marked.mistakes] == [8] and marked.mistakes[0][1].startswith(sentence)
    assert "<!--" not in marked.text


def test_live_numbers_leave_holes_that_their_experiments_fill():
    text = "says 1.0, 2.6 and −9.0<!-- lab: neuron | rows[*].y -->, (5, 2<!-- lab: window | shape[*] -->), 3.\n"
    marked = read_marks(text + "Then 2.9<!-- lab: neuron | rows[1].y -->.", 1)
    answers = {"neuron": ROWS, "window": ROWS}
    assert marked.mistakes == []
    assert fill_in(marked.text, marked.marks, answers) == "says 1.0, 2.5 and −1234.6, (5, 2), 3.\nThen 2.5."
    wrong = {"neuron": {"rows": []}, "window": ROWS}
    assert fill_in(marked.text, marked.marks, wrong) == "says 1.0, 2.6 and −9.0, (5, 2), 3.\nThen 2.9."


@pytest.mark.parametrize(
    ("written", "value", "same", "rewritten"),
    [
        ("0.38", 0.3849, True, "0.38"),
        ("0.38", 0.3851, False, "0.39"),
        ("3,072", 3072.0, True, "3,072"),
        ("6", 6.0000001, True, "6"),
        ("6", 6.1, False, "6"),
        ("-0.5", -0.52, True, "−0.5"),
        ("−0.50", -0.52, False, "−0.52"),
        ("0.0", -0.01, True, "0.0"),
    ],
)
def test_a_number_agrees_to_the_digits_that_are_written(written, value, same, rewritten):
    assert agrees(written, value) is same
    assert like(written, value) == rewritten


def test_only_decimal_fractions_outside_code_and_formulas_can_be_told_as_unmarked():
    text = "In lesson 6 `0.1` and $0.2$ are\nnot 0.3 nor -0.4.\n0.5<!-- given --> and 1, 0.6<!-- given -->, v1.2.3."
    assert list(unmarked(text, 4)) == [(5, "0.3"), (5, "-0.4")]


@pytest.mark.parametrize(
    ("expression", "value"), [("1+2*3", 7), ("-(2**3)/4", -2), ("sigma(0)", 0.5), ("sqrt(16)+log(exp(1))", 5)]
)
def test_arithmetic(expression, value):
    assert evaluate(expression) == pytest.approx(value)


@pytest.mark.parametrize("bad", ["", "x", "1+", "1/0", "f(1)", "tanh()", "1 if 1 else 2", "True", "1" * 300, "1e999"])
def test_what_is_no_arithmetic(bad):
    with pytest.raises(ValueError, match="is no arithmetic"):
        evaluate(bad)


def _checked(write, body, **more):
    write.lesson(f"## Page\n{body}\n")
    return [(each.line, each.sentence) for each in check_lessons(write.folder, lambda spec: ROWS, **more)]


def test_check_holds_live_numbers_against_their_experiment(write):
    assert _checked(write, "is 2.5<!-- lab: neuron | rows[1].y -->") == []
    assert _checked(write, "\nis 2.4<!-- lab: neuron | rows[1].y -->") == [
        (8, "2.4 is not rows[1].y of neuron, which is 2.5.")
    ]
    assert _checked(write, "1, 2<!-- lab: neuron | rows[*].y -->") == [
        (7, "neuron | rows[*].y: rows[*].y gives 3 numbers; 2 are written.")
    ]
    assert _checked(write, "1<!-- lab: neuron | name -->") == [(7, "neuron | name: name is not a number.")]
    assert _checked(write, "1<!-- lab: generate | y -->") == [(7, "generate | y: it cannot be asked by itself.")]


def test_check_says_which_test_is_not_there(write):
    body = "0.5<!-- test: test_a --> and 0.6<!-- test: test_b -->"
    assert _checked(write, body) == []  # without tests beside the lessons nothing can be told
    tests = write.folder.parent / "tests" / "lessons"
    tests.mkdir(parents=True)
    (tests / "test_claims.py").write_text("def test_a():\n    pass\n")
    assert _checked(write, body) == [(7, "There is no test test_b in tests/lessons.")]


def test_unmarked_decimals_are_listed_where_that_is_asked_for(write):
    body = "about 0.5\nand 0.7<!-- given -->"
    assert _checked(write, body) == [] and _checked(write, body, numbers=True) == [(7, "0.5 carries no mark.")]


def test_the_lessons_numbers_are_marked():
    for lesson in read_lessons(lessons_folder())[0]:
        for page in lesson.pages():
            assert page.unmarked == (), f"{lesson.name}, {page.title}"
