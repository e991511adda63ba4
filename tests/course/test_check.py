import pytest

from tuilab.course.check import check_lessons
from tuilab.labs.spelling import spell
from tuilab.labs.unroll.spec import UnrollTrace

QUIZ = """\
## Page
```quiz
id = "q"
ask = "?"
hints = ["a", "b", "c"]
experiment = "unroll seed=3"
answer = "shapes.X"
[[choices]]
text = "a"
value = {first}
{why}
[[choices]]
text = "b"
value = {second}
why = "no"
```
"""
TRACE = UnrollTrace([[1.0]], [[2.0]], [[3.0]], [], {"X": [2, 3]}, [])


def _sentences(write, ask=lambda spec: TRACE):
    return [mistake.sentence for mistake in check_lessons(write.folder, ask)]


def test_right_lessons_are_right_and_each_experiment_is_asked_once(write):
    asked = []
    body = QUIZ.format(first=[2, 3], second=[3, 2], why="")
    write.lesson(body)
    write.lesson(body.replace('"q"', '"r"'), name="02-more")
    assert _sentences(write, lambda spec: asked.append(spell(spec)) or TRACE) == []
    assert asked == ["unroll seed=3"]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        (
            {"first": 1, "second": 2, "why": 'why = "x"'},
            "q: of its choices none is right; shapes.X is (2, 3).",
        ),
        ({"first": [2, 3], "second": [2, 3], "why": ""}, "q: of its choices 2 is right; shapes.X is (2, 3)."),
        ({"first": 1, "second": [2, 3], "why": ""}, "q: the wrong choice 'a' does not say why."),
    ],
)
def test_exactly_one_choice_is_right(write, choices, sentence):
    write.lesson(QUIZ.format(**choices))
    (mistake,) = check_lessons(write.folder, lambda spec: TRACE)
    assert str(mistake) == f"01-shapes/lesson.md, line 7: {sentence}"


SEVERAL = """\
## Page
```quiz
id = "q"
ask = "?"
hints = ["a", "b", "c"]
experiment = "unroll"
answer = "b[0][0]"
{rule}
[[choices]]
text = "first"
why = "no"
answer = "{first}"
[[choices]]
text = "second"
{why}
answer = "{second}"
```
"""
WHY = 'why = "no"'
NONE = "of its choices none is right"
ALL = "of its choices each is right, so there is nothing to choose"


@pytest.mark.parametrize(
    ("rule", "paths", "why", "sentence"),
    [
        ('right = "above 2"', ("Wx[0][0]", "Wy[0][0]"), WHY, f"{NONE}: 'first' is 1, 'second' is 1.2."),
        ('right = "above 2.5"', ("Wx[0][0]", "b[0][0]"), "", ""),
        ('right = "above 0.5"', ("Wx[0][0]", "b[0][0]"), WHY, f"{ALL}: 'first' is 1, 'second' is 3."),
        ('right = "above 2"', ("b[0][0]", "Wx[0][0]"), "", "the wrong choice 'second' does not say why."),
        ('right = "above 1.2"', ("b[0][0]", "Wy[0][0]"), WHY, "'second' is 1.2, too near to call: right is above 1.2."),
        ('right = "changed"', ("b[0][0]", "Wx[0][0]"), "", ""),
        ('right = "changed"', ("b[0][0]", "b[0][0]"), WHY, f"{NONE}: 'first' is 3, 'second' is 3."),
        ('right = "same"', ("b[0][0]", "Wx[0][0]"), WHY, ""),
        ('right = "above 1"', ("b[0]", "Wx[0][0]"), WHY, "b[0] is not a number, so it cannot be compared."),
        ('order = "smallest first"', ("b[0][0]", "Wx[0][0]"), WHY, ""),
        ('order = "largest first"', ("b[0][0]", "Wx[0][0]"), WHY, "its choices stand in the right order already."),
        (
            'order = "largest first"', ("b[0][0]", "b[0][0]"), WHY,
            "it has no one right order: 'first' is 3, 'second' is 3.",
        ),
    ],
)  # fmt: skip
def test_several_and_orders_are_checked_by_the_experiment(write, rule, paths, why, sentence):
    trace = UnrollTrace([[1.0]], [[1.2]], [[3.0]], [], {}, [])
    write.lesson(SEVERAL.format(rule=rule, first=paths[0], second=paths[1], why=why))
    found = check_lessons(write.folder, lambda spec: trace)
    assert [mistake.sentence for mistake in found] == ([f"q: {sentence}"] if sentence else [])
    assert all(mistake.line == 7 for mistake in found)


WINS = """\
## Page
```predict
id = "p"
ask = "?"
hints = ["a", "b", "c"]
experiment = "unroll"
wins = "largest"
[[choices]]
text = "first"
answer = "b[0][0]"
[[choices]]
text = "second"
answer = "{second}"
```
"""


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        ("Wx[0][0]", []),
        ("b[0][0]", ["p: no one choice comes first: 'first' is 3, 'second' is 3."]),
        ("b[0]", ["p: b[0] is not a number, so it cannot be compared."]),
        ("c", ["p: c leads nowhere: the answer has no 'c'. There are: Wx, Wy, b, steps, shapes, words."]),
    ],
)
def test_of_a_prediction_one_choice_comes_first(write, second, sentence):
    write.lesson(WINS.format(second=second))
    assert _sentences(write) == sentence


NUMBER = """\
## Page
```quiz
id = "n"
ask = "?"
hints = ["a", "b", "c"]
experiment = "unroll"
answer = "b[0][0]"
tolerance = 0.1
```
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("b[0][0]", "c[0]", "n: c[0] leads nowhere: the answer has no 'c'."),
        ("b[0][0]", "b[0]", "n: b[0] is not a number"),
        ("unroll", "generate", "n: generate gave no answer: it cannot be asked by itself."),
        ("unroll", "unrol", "There is no experiment 'unrol'."),
    ],
)
def test_the_path_exists_in_an_answer(write, old, new, sentence):
    write.lesson(NUMBER)
    assert _sentences(write) == []
    write.lesson(NUMBER.replace(old, new))
    (found,) = _sentences(write)
    assert found.startswith(sentence)


@pytest.mark.parametrize(("value", "allowed"), [(3.0, "1.4"), (-3.0, "1.4"), (0.0, "0.4"), (1e-5, "0.000004")])
def test_a_tolerance_leaves_something_wrong(write, value, allowed):
    trace = UnrollTrace([[1.0]], [[2.0]], [[value]], [], {}, [])
    write.lesson(NUMBER.replace("0.1", allowed))
    assert _sentences(write, lambda spec: trace) == []
    write.lesson(NUMBER.replace("0.1", "1e9"))
    (mistake,) = check_lessons(write.folder, lambda spec: trace)
    assert mistake.line == 7 and mistake.sentence.startswith("n: tolerance = 1e+09 is too wide for ")


def test_tiny_numbers_have_an_order_and_are_not_zero(write):
    trace = UnrollTrace([[8e-11]], [[1.8e-13]], [[0.0]], [], {"X": 1.8e-30}, [])
    rule = 'order = "smallest first"'
    write.lesson(SEVERAL.format(rule=rule, first="Wx[0][0]", second="Wy[0][0]", why=WHY))
    assert _sentences(write, lambda spec: trace) == []
    write.lesson(QUIZ.format(first=0.0, second=1.0, why=WHY))
    assert _sentences(write, lambda spec: trace) == ["q: of its choices none is right; shapes.X is 1.8e-30."]
    write.lesson(QUIZ.format(first=0.0, second=1.0, why="").replace("shapes.X", "b[0][0]"))
    assert _sentences(write, lambda spec: trace) == []


@pytest.mark.parametrize("body", [NUMBER, WINS.format(second="Wx[0][0]")])
def test_three_hints_lead_to_each_answer(write, body):
    write.lesson(body.replace('["a", "b", "c"]', '["a", "b"]'))
    (mistake,) = check_lessons(write.folder, lambda spec: TRACE)
    assert mistake.line == 7
    assert mistake.sentence[3:] == "it has 2 of three hints: a question back, a pointer, the line."
    write.lesson(body.replace('hints = ["a", "b", "c"]\n', ""))
    assert [sentence[3:12] for sentence in _sentences(write)] == ["it has 0 "]


def test_an_experiment_that_fails_is_a_mistake(write):
    def fail(spec):
        raise RuntimeError("No memory.")

    write.lesson(NUMBER)
    assert _sentences(write, fail) == ["n: unroll gave no answer: No memory."]


def test_ids_of_quizzes_are_unique_in_the_whole_course(write):
    write.lesson(NUMBER)
    write.lesson(NUMBER, name="02-more")
    (mistake,) = check_lessons(write.folder, lambda spec: TRACE)
    assert str(mistake) == (
        "02-more/lesson.md, line 7: There is a quiz with the id 'n' already: 01-shapes/lesson.md, line 7."
    )


def test_what_the_reader_says_is_said_too(write):
    write.lesson("", front="nothing")
    assert _sentences(write) == ["The lesson does not begin with front matter between two lines of ---."]


def test_a_lab_that_locks_or_hides_what_is_not_there_is_a_mistake_with_its_line(write):
    write.lesson('## Page\n```lab\nopen = "forecast cell=gru lock=cell hide=seed"\n```\n')
    assert _sentences(write) == []
    write.lesson('## Page\n```lab\nopen = "forecast cell=gru lock=cell,frog"\n```\n')
    (mistake,) = check_lessons(write.folder, lambda spec: TRACE)
    assert str(mistake).startswith(
        "01-shapes/lesson.md, line 8: forecast: lock=cell,frog is not allowed: there is no field 'frog' to lock."
    )
