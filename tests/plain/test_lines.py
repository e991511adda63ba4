"""What is written, letter by letter."""

import io

import pytest

from tuilab.plain.lines import EndOfInput, Lines, asks_for_ascii
from tuilab.plain.markdown import say_markdown
from tuilab.plain.tables import kept, tell
from tuilab.terminal.letters import to_ascii


@pytest.mark.parametrize(
    ("text", "ascii"),
    [
        ("yₜ = w_x · xₜ + w_y · yₜ₋₁ + b", "y_t = w_x * x_t + w_y * y_(t-1) + b"),
        ("1 − Y² ≈ −0.5 × 3", "1 - Y^2 ~= -0.5 x 3"),
        ("∂L/∂W = σ(x)⁻¹ → ∞", "dL/dW = sigma(x)^(-1) -> inf"),
        ("┌──▶ y ┴", "+--> y +"),
        ("café, Ångström… “so”", 'cafe, Angstrom... "so"'),
        ("ŷ", "y"),
        ("日", "?"),
    ],
)
def test_ascii(text: str, ascii: str) -> None:
    assert to_ascii(text) == ascii


class Encoded(io.StringIO):
    encoding = "latin-1"


def test_only_what_the_output_lacks_is_written_otherwise() -> None:
    out = Encoded()
    Lines(io.StringIO(), out).say("é × 2 ≤ α")
    assert out.getvalue() == "é × 2 <= alpha\n"


def test_nothing_steers_the_terminal() -> None:
    out = io.StringIO()
    lines = Lines(io.StringIO(), out)
    lines.say("a\x1b[31mb\rc\td")
    lines.show(["e\x07f\x9b1m"])
    assert out.getvalue() == "a [31mb c d\ne f 1m\n"


def test_the_locale_c_asks_for_ascii() -> None:
    assert asks_for_ascii({"LANG": "C", "LC_CTYPE": "C.UTF-8"})  # as Python leaves it
    assert asks_for_ascii({"LC_ALL": "POSIX", "LANG": "en_GB.UTF-8"})
    assert asks_for_ascii({"LC_CTYPE": "C", "LANG": "en_GB.UTF-8"})
    assert not asks_for_ascii({"LANG": "en_GB.UTF-8"}) and not asks_for_ascii({})
    assert not asks_for_ascii({"LANG": "C", "LC_ALL": "C.UTF-8"})


def test_lines_are_read_until_there_are_none() -> None:
    lines = Lines(io.StringIO(" n \nlast"), io.StringIO())
    assert (lines.read(), lines.read()) == ("n", "last")
    with pytest.raises(EndOfInput):
        lines.read()


def said(markdown: str) -> str:
    out = io.StringIO()
    say_markdown(Lines(io.StringIO(), out), markdown)
    return out.getvalue()


def test_marks_are_taken_out() -> None:
    assert (
        said("A **bold** and *slanted* `x_1`, w\\_x, [here](there).") == "A bold and slanted x_1, w_x, here (there).\n"
    )


def test_lists_and_code() -> None:
    markdown = "1. one\n2. two\n   - deeper\n\n> said\n\n```text\na  *b*\n```\n\n---\n\nfirst  \nsecond"
    assert said(markdown) == (
        "1. one\n2. two\n   - deeper\n\n  said\n\n  a  *b*\n\n\nfirst\nsecond\n"
    )  # a rule is a gap


def test_a_table_stands_or_is_told() -> None:
    assert said("| a | b |\n|---|---|\n| 1 | **2** |") == "a  b\n1  2\n"
    wide = "word " * 9
    assert said(f"| a | b |\n|---|---|\n| {wide} | {wide} |").startswith("- a: word word")


def test_rows_that_stay() -> None:
    assert kept(3) == [0, 1, 2] and kept(100)[0] == 0 and kept(100)[-1] == 99
    assert len(kept(100)) == len(set(kept(100))) == 20


def test_single_numbers_come_before_curves() -> None:
    said = list(tell({"x": [0.0, 1.0], "y": [2.0, 3.0], "loss": 0.5, "shape": [2, 1]}, 78))
    assert said[0] == "loss = 0.5" and said[1] == "shape  (2,)"
    assert said[3:] == ["x, y  2 rows", "  point  x  y", "      0  0  2", "      1  1  3"]


def test_a_table_fits_the_room() -> None:
    matrix = [[-0.123456789] * 8] * 2
    assert all(len(line) <= 78 for line in tell(matrix, 78, "Y"))
