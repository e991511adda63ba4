import msgspec
import pytest

from tuilab.course.lesson import Choice, Curve, QuizBlock
from tuilab.course.paths import PathError, value_at
from tuilab.course.quiz import (
    Verdict,
    check_choice,
    check_number,
    crossing,
    is_same,
    judge,
    needed,
    right_value,
    spell_alike,
    spell_value,
    written,
)


class Step(msgspec.Struct):
    Y: list[list[float]]


class Trace(msgspec.Struct):
    steps: list[Step]
    shapes: dict[str, list[int]]


TRACE = Trace([Step([[0.0, 1.0]]), Step([[2.0, 3.0], [0.10000000149, -4.5]])], {"X": [2, 3], "Y": [5]})


def _quiz(answer, choices=(), tolerance=0.0, why=""):
    kind = "choose" if choices else "number"
    return QuizBlock("q", "?", kind, tuple(choices), "unroll", answer, tolerance, why, 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("steps[1].Y[0][1]", 3.0),
        ("steps[-1].Y[1]", [0.10000000149, -4.5]),
        ("shapes.X", [2, 3]),
        ("shapes.Y[0]", 5),
        ("shapes", {"X": [2, 3], "Y": [5]}),
    ],
)
@pytest.mark.parametrize("answer", [TRACE, msgspec.to_builtins(TRACE)], ids=["struct", "dict"])
def test_a_path_leads_to_its_value(answer, path, expected):
    assert value_at(answer, path) == expected


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("step", "step leads nowhere: the answer has no 'step'. There are: steps, shapes."),
        ("steps[2]", "steps[2] leads nowhere: steps has 2 entries, counted from 0."),
        (
            "steps[0].Y[0].a",
            "steps[0].Y[0].a leads nowhere: steps[0].Y[0] has no 'a'. It has no names in it.",
        ),
        ("shapes[0]", "shapes[0] leads nowhere: shapes is not a list."),
        ("shapes.Z", "shapes.Z leads nowhere: shapes has no 'Z'. There are: X, Y."),
        ("steps.append", "steps.append leads nowhere: steps has no 'append'. It has no names in it."),
        *(
            (bad, f"{bad!r} is not a path; write one like steps[1].Y[0][2].")
            for bad in ("", "[0]", "a b", "a[x]", "a.", ".a")
        ),
    ],
)
def test_a_path_that_leads_nowhere_is_explained(path, sentence):
    with pytest.raises(PathError) as caught:
        value_at(TRACE, path)
    assert str(caught.value) == sentence


CHOICES = [Choice("a", [3, 2], "Rows come first."), Choice("b", [2, 3], "Rows, then columns.")]


@pytest.mark.parametrize(
    ("index", "why", "verdict"),
    [
        (0, "", Verdict(False, "Rows come first.")),
        (1, "", Verdict(True, "Right: b. Rows, then columns.")),
        (1, "So it is.", Verdict(True, "Right: b. So it is.")),
    ],
)
def test_a_choice_is_judged(index, why, verdict):
    assert check_choice(_quiz("shapes.X", CHOICES, why=why), index, TRACE) == verdict


def test_a_wrong_choice_without_a_reason_points_to_the_lab():
    quiz = _quiz("shapes.X", [Choice("a", 1)])
    assert check_choice(quiz, 0, TRACE) == Verdict(False, "Not this one; look again in the lab.")


@pytest.mark.parametrize("text", ["-4.5", " −4.5 ", "-4,5", "-4.49", "-4.51", "-45e-1"])
def test_a_right_number_is_confirmed_with_the_exact_value(text):
    verdict = check_number(_quiz("steps[1].Y[1][1]", tolerance=0.01, why="Yes."), text, TRACE)
    assert verdict == Verdict(True, "Right: it is −4.5. Yes.")


@pytest.mark.parametrize("text", ["4.5", "-4.52", "-4.489", "0"])
def test_a_wrong_number_does_not_give_the_right_one_away(text):
    verdict = check_number(_quiz("steps[1].Y[1][1]", tolerance=0.01), text, TRACE)
    expected = f"{text} is not within 0.01 of it. Work it out by hand, or set the lab to it and look."
    assert verdict == Verdict(False, expected)


@pytest.mark.parametrize(("text", "right"), [("5", True), ("5.0", True), ("5.1", False)])
def test_without_tolerance_a_number_is_exact(text, right):
    assert check_number(_quiz("shapes.Y[0]"), text, TRACE).right is right


@pytest.mark.parametrize("text", ["", "  ", "three", "1.2.3", "1_000", "nan", "inf", "1,234.5", "0.5 or so"])
def test_what_is_not_a_number_is_no_answer(text):
    with pytest.raises(ValueError, match=r"(is not a number|^No number is given); write one like 0\.5, -2 or 1e-3\.$"):
        check_number(_quiz("shapes.Y[0]"), text, TRACE)


@pytest.mark.parametrize("path", ["shapes.Y", "shapes"])
def test_a_number_cannot_be_asked_of_what_is_none(path):
    with pytest.raises(PathError, match="is not a number"):
        right_value(_quiz(path), TRACE)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (0.1, 0.10000000149, True),
        (1, 1.0, True),
        ([1, [2]], [1.0, [2.0]], True),
        ([1], [1, 2], False),
        (0.1, 0.1001, False),
        (True, 1, False),
        ("a", "a", True),
        ("1", 1, False),
        ([1], 1, False),
    ],
)
def test_values_are_compared_to_the_precision_of_the_lab(left, right, same):
    assert is_same(left, right) is same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.10000000149, "0.1"), (3, "3"), ([0.5, [1]], "(0.5, (1))"), ("a", "a"), (-0.5999604, "−0.6"), (0.0, "0"),
        (1.23456, "1.2346"), (216900, "216,900"), (12345.6, "12,345.6"), (-1e-9, "−1e-09"), (-0.0, "0"), (-3, "−3"),
        (True, "True"), (0.25**5, "0.000977"), (-0.0123456, "−0.0123"), (0.00999, "0.00999"),
    ],
)  # fmt: skip
def test_values_are_written_for_reading(value, text):
    assert spell_value(value) == text


def _several(kind, rule):
    paths = ("steps[0].Y[0][0]", "steps[0].Y[0][1]", "steps[1].Y[0][0]", "steps[1].Y[1][1]")
    choices = tuple(Choice(name, None, f"why {name}", "unroll", path) for name, path in zip("abcd", paths, strict=True))
    return QuizBlock("q", "?", kind, choices, "unroll", "steps[0].Y[0][0]", 0.0, "So.", 1, rule)


@pytest.mark.parametrize(
    ("rule", "given", "verdict"),
    [
        ("above 0.5", (1, 2), Verdict(True, "Right: b and c. So.")),
        ("above 0.5", (0, 1, 2), Verdict(False, "a: why a")),
        ("above 0.5", (0, 3), Verdict(False, "a: why a 2 of those you took do not belong here.")),
        ("above 0.5", (1,), Verdict(False, "What you took is right; 1 is missing.")),
        ("beyond 1.5", (2, 3), Verdict(True, "Right: c and d. So.")),
        ("within 1.5", (0, 1), Verdict(True, "Right: a and b. So.")),
        ("below 0", (3,), Verdict(True, "Right: d. So.")),
        ("changed", (1, 2, 3), Verdict(True, "Right: b, c and d. So.")),
        ("same", (0,), Verdict(True, "Right: a. So.")),
    ],
)
def test_several_are_judged_by_their_own_values(rule, given, verdict):
    assert judge(_several("many", rule), given, {"unroll": TRACE}) == verdict


@pytest.mark.parametrize(
    ("rule", "given", "verdict"),
    [
        ("smallest first", (3, 0, 1, 2), Verdict(True, "Right: −4.5, 0, 1, 2. So.")),
        ("largest first", (2, 1, 0, 3), Verdict(True, "Right: 2, 1, 0, −4.5. So.")),
        ("smallest first", (3, 1, 0, 2), Verdict(False, "b does not belong at place 2. why b")),
    ],
)
def test_an_order_is_judged_by_the_values(rule, given, verdict):
    assert judge(_several("order", rule), given, {"unroll": TRACE}) == verdict


def test_every_experiment_is_needed_once_and_the_record_reads_well():
    quiz = _several("many", "above 0.5")
    assert needed(quiz) == ("unroll",) and needed(_quiz("steps")) == ("unroll",)
    assert [written(quiz, given) for given in ((0, 2), 1, "0.5")] == ["a; c", "b", "0.5"]


CURVE = Curve("time step", 3, 0.5)


@pytest.mark.parametrize(
    ("values", "place"), [([0.1, 0.2, 0.5, 0.9], 2), ([0.9, 0.4, 0.6, 0.1], 1), ([0.1, 0.1, 0, 1], 3)]
)
def test_a_curve_is_marked_where_it_first_crosses_its_level(values, place):
    assert crossing("b", values, CURVE) == place


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([0.1, 0.2, 0.3, 0.4], "b does not cross 0.5."),
        ([1, 1, 1, 1], "b does not cross 0.5."),
        ([0.1, 0.9], "b is no curve of numbers from 0 to 3."),
        (["a", "b", "c", "d"], "b is no curve of numbers from 0 to 3."),
        (0.5, "b is no curve of numbers from 0 to 3."),
    ],
)
def test_what_is_no_curve_or_crosses_nothing_is_said(values, sentence):
    with pytest.raises(PathError, match=sentence):
        crossing("b", values, CURVE)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([13.23191, 48.389, 73.0], ["13.2319", "48.3890", "73"]),
        ([2.0, 3.0], ["2", "3"]),
        ([0.5, 2], ["0.5", "2"]),
        ([0.00123, 0.5], ["0.00123", "0.5"]),
        ([-1.5, 0.25], ["−1.50", "0.25"]),
        ([], []),
    ],
)
def test_numbers_beside_each_other_have_as_many_decimals(values, texts):
    assert spell_alike(values) == texts
