"""Numbers in prose: marked, checked, filled in."""

import pytest

from tuilab.course.arithmetic import evaluate
from tuilab.course.check import check_lessons
from tuilab.course.marks import fill_in, read_marks, unmarked
from tuilab.course.numbers import agrees, like, value_of
from tuilab.course.reader import lessons_folder, read_lessons

ROWS = {"rows": [{"y": 1.0}, {"y": 2.5}, {"y": -1234.5678}], "shape": [5, 2], "name": "a"}
AS_STATED = "a test asserts the very number that it confirms."


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
        ("says 11, 21 and 31<!-- test: test_it -->", "says 11, 21 and 31", "test", ("11", "21", "31")),
        ("is 40 %<!-- = 100*2/5 -->", "is 40 %", "=", ("40",)),
        ("is 1.5e-3<!-- = 3/2000 -->", "is 1.5e-3", "=", ("1.5e-3",)),
        ("is 10⁻²⁵<!-- = 10**-25 -->", "is 10⁻²⁵", "=", ("10⁻²⁵",)),
        ("is .05<!-- = 1/20 -->", "is .05", "=", (".05",)),
        ("a millionth<!-- test: test_it -->", "a millionth", "test", ()),
        ("type `0 0.5 -0.8 400`<!-- given -->", "type `0 0.5 -0.8 400`", "given", ("0.5", "-0.8", "400")),
        ("where $x = 0.5$<!-- given -->", "where $x = 0.5$", "given", ("0.5",)),
        ("```text\nat 1 2\nis 0.84 0.91, 8 %\n```\n<!-- test: test_it -->", None, "test", ("0.84", "0.91", "8")),
    ],
)
def test_marks_are_read_and_taken_out(text, shown, kind, numbers):
    marked = read_marks(text, 3)
    assert (marked.text, marked.mistakes) == (text[: text.index("<!--")] if shown is None else shown, [])
    assert [(mark.kind, mark.numbers) for mark in marked.marks] == [(kind, numbers)]
    assert marked.marks[0].line == 3 + text[: text.index("<!--")].count("\n")
    assert list(unmarked(marked.bare, 3)) == []


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
        ("some <!-- test: test_it -->", "This comment stands behind no number."),
        ("falls below\n0.1<!-- given -->", "below 0.1 claims something; name a lab or a test for it."),
        ("At least 3<!-- given -->", "At least 3 claims something; name a lab or a test for it."),
        ("`0.5`<!-- = 1/2 -->", "This comment stands behind no number."),
        ("is 10⁻²⁵<!-- = 0 -->", "10⁻²⁵ is not 0, which is 0."),
        ("is 1.5e-3<!-- = 0.00156 -->", "1.5e-3 is not 0.00156, which is 0.00156."),
        ("0.9<!-- test: trained -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- hello -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- lab: neuron -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- test: no name -->", "a number's comment is <!-- = 1+2 -->"),
        ("1<!-- lab: nonsense | a -->", "There is no experiment 'nonsense'."),
        ("1<!-- lab: neuron | a[ -->", "'a[' is not a path"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text, sentence):
    marked = read_marks(f"one\ntwo {text}", 7)
    assert [line for line, _ in marked.mistakes] == [8 + text[: text.index("<!--")].count("\n")] and marked.mistakes[0][
        1
    ].startswith(sentence)
    assert "<!--" not in marked.text


@pytest.mark.parametrize("mark", ["lab: neuron | rows[1].y", "= 1+1.5", "given"])
@pytest.mark.parametrize("formula", ["$y = 2.5{}$", "$$\ny = 2.5{}\n$$"])
def test_a_mark_inside_a_formula_is_refused(formula, mark):
    marked = read_marks(f"one\n{formula.format(f'<!-- {mark} -->')} two", 7)
    line = 8 + formula.count("\n") // 2
    assert marked.mistakes == [
        (line, f"<!-- {mark} --> stands inside a formula; put the number and its mark beside it.")
    ]
    assert (marked.text, marked.marks) == (f"one\n{formula.format('')} two", [])


def test_a_live_number_and_formulas_stand_side_by_side(write):
    (page,), mistakes = write.cut("## Page\n$y_{t-1}$ is 2.4<!-- lab: neuron | rows[1].y -->, $W_f \\le 3$ 2.4\n")
    (prose,) = page.segments
    assert (prose.text, mistakes) == ("yₜ₋₁ is 2.4, W\\_f ≤ 3 2.4", [])
    assert fill_in(prose.template, prose.live, {"neuron": ROWS}) == "yₜ₋₁ is 2.5, W\\_f ≤ 3 2.4"


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
        ("1.5e-9", 1.54e-9, True, "1.5e−09"),
        ("10⁻²⁵", 1e-25, True, "10⁻²⁵"),
        ("10⁻²⁵", 2e-25, False, "10⁻²⁵"),
        ("4^{50}", 4.0**50, True, "4^{50}"),
    ],
)
def test_a_number_agrees_to_the_digits_that_are_written(written, value, same, rewritten):
    assert agrees(written, value) is same
    assert like(written, value) == rewritten


@pytest.mark.parametrize(
    ("written", "value"),
    [("3,072", 3072), ("−1", -1), (".05", 0.05), ("1.5e−9", 1.5e-9), ("10⁻²⁵", 1e-25), ("-2²", -4), ("10^{-3}", 1e-3)],
)
def test_what_a_number_is_worth(written, value):
    assert value_of(written) == pytest.approx(value)


@pytest.mark.parametrize("written", ["9" * 9 + "⁹⁹⁹", "0⁻¹", "2⁻", "2⁻⁻"])
def test_a_power_that_cannot_be_worked_out_agrees_with_nothing(written):
    assert not agrees(written, 0.0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In lesson 6 `0.1` and $0.2$ are\nnot 0.3 nor -0.4.", ["0.1", "0.2", "0.3", "-0.4"]),
        ("1.5e-9, .05, 10⁻³⁰ and 10^{-3}", ["1.5e-9", ".05", "10⁻³⁰", "10^{-3}"]),
        ("2.5x, 3.5dB, 1,234.5, 250,000 and 723", ["2.5x", "3.5dB", "1,234.5", "250,000", "723"]),
        ("40 %, 8% and 100ms", ["40 %", "8%", "100"]),
        ("v1.2.3, 1.2.3, text8, 3×2, t=7 and (5, 2, 8), in 12.", []),
        ("0.5<!-- given --> and 1, 0.6<!-- given -->; 1, 2.5<!-- lab: neuron | rows[*].y -->", []),
        ("0.1 and 0.2<!-- given -->", ["0.1"]),
    ],
)
def test_what_can_be_told_as_unmarked(text, found):
    told = [number for _, number in unmarked(read_marks(text, 4).bare, 4)]
    assert [wanted.rstrip("xdB") for wanted in found] == told


def test_unmarked_numbers_come_with_their_lines():
    bare = read_marks("0.1 and\n0.2<!-- given\n--> and 0.3\n0.4", 4).bare
    assert list(unmarked(bare, 4)) == [(4, "0.1"), (6, "0.3"), (7, "0.4")]


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


TESTS = """\
def trained():
    return 0.9


def test_it():
    assert 0.05 < trained() and -1 < 2_000 and 1e-25 and 0.95


@slow
class Other:
    def test_inside(self):
        assert 0.7
"""


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("0.05<!-- test: test_it --> and 0.050<!-- test: test_it -->", []),
        ("2,000, −1 and 10⁻²⁵<!-- test: test_it -->", []),
        ("95<!-- test: test_it --> % and 95 %<!-- test: test_it -->", []),
        ("one in twenty<!-- test: test_it -->", []),
        ("0.06<!-- test: test_b -->", ["There is no test test_b in tests/lessons."]),
        ("a tenth<!-- test: test_b -->", ["There is no test test_b in tests/lessons."]),
        ("0.7<!-- test: test_inside -->", ["There is no test test_inside in tests/lessons."]),
        *(
            (f"{number}<!-- test: test_it -->", [f"{number} does not stand in test_it; {AS_STATED}"])
            for number in ("0.00001", "0.9", "95")
        ),
        ("2,000 and 3<!-- test: test_it -->", [f"3 does not stand in test_it; {AS_STATED}"]),
    ],
)
def test_check_says_which_test_does_not_confirm_a_number(write, body, sentences):
    assert _checked(write, body) == []  # without tests beside the lessons nothing can be told
    tests = write.folder.parent / "tests" / "lessons"
    tests.mkdir(parents=True)
    (tests / "test_claims.py").write_text(TESTS)
    assert _checked(write, body) == [(7, sentence) for sentence in sentences]


def test_unmarked_numbers_are_listed_where_that_is_asked_for(write):
    body = "about 0.5\nand 0.7<!-- given -->\n## 0.1 and 0.2<!-- given -->\n```text\n\n0.3\n```"
    assert _checked(write, body) == []
    assert _checked(write, body, numbers=True) == [
        (7, "0.5 carries no mark."),
        (9, "0.1 carries no mark."),
        (12, "0.3 carries no mark."),
    ]
    assert [page.title for page in write.cut(f"## 0.4<!-- given -->\n{body}")[0]] == ["0.4", "0.1 and 0.2"]


QUIZ = """\
```quiz
id = "q0.1"
ask = "y is 2.5<!-- lab: neuron | rows[1].y -->{more}. And then?"
experiment = "neuron w_x=0.5"
answer = "rows[1].y"
why = "Half of it is 1.25<!-- = 2.5/2 -->."
hints = [
  "{hint}",
  "b",
  "c",
]
[[choices]]
text = "2.5<!-- lab: neuron | rows[1].y -->"
value = 2.5
[[choices]]
text = "{choice}"
value = 0.2
why = "{why}"
```
"""


def _quiz(**more):
    return QUIZ.format_map({"more": "", "hint": "no", "choice": "less", "why": "no"} | more)


def test_the_texts_of_questions_are_marked_too_and_shown_without(write):
    (page,), mistakes = write.cut(f"## Page\n{_quiz()}")
    (quiz,) = page.segments
    assert mistakes == [] and (quiz.ask, quiz.why) == ("y is 2.5. And then?", "Half of it is 1.25.")
    assert quiz.choices[0].text == "2.5" and page.unmarked == ()
    assert [(mark.kind, mark.line) for mark in page.marks] == [("lab", 9), ("=", 12), ("lab", 19)]


@pytest.mark.parametrize(
    ("more", "line", "sentence"),
    [
        ({"more": " to 0.7"}, 9, "0.7 carries no mark."),
        ({"hint": "a third of 0.7"}, 14, "0.7 carries no mark."),
        ({"choice": "200"}, 22, "200 carries no mark."),
        ({"why": "0.7"}, 24, "0.7 carries no mark."),
        ({"more": " and 2.6<!-- lab: neuron | rows[1].y -->"}, 9, "2.6 is not rows[1].y of neuron, which is 2.5."),
        ({"hint": "0.7<!-- = 1/2 -->"}, 14, "0.7 is not 1/2, which is 0.5."),
    ],
)
def test_what_is_wrong_in_the_texts_of_questions_is_listed(write, more, line, sentence):
    assert _checked(write, _quiz(), numbers=True) == []
    assert (line, sentence) in _checked(write, _quiz(**more), numbers=True)


def test_the_lessons_numbers_are_marked():
    for lesson in read_lessons(lessons_folder())[0]:
        for page in lesson.pages():
            assert page.unmarked == (), f"{lesson.name}, {page.title}"
