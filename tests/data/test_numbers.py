import math

import pytest

from tuilab.data.numbers import MISSING, STYLES, Style, style_of

POINT, COMMA, ENGLISH, GERMAN = STYLES


@pytest.mark.parametrize(
    "style, text, number",
    [
        (POINT, "589", 589),
        (POINT, " -0.5 ", -0.5),
        (POINT, "+1e3", 1000),
        (POINT, "−2", -2),
        (POINT, "1 234.5", 1234.5),
        (POINT, "1\u00a0234", 1234),
        (COMMA, "589,25", 589.25),
        (ENGLISH, "1,234,567.5", 1234567.5),
        (ENGLISH, "589.5", 589.5),
        (GERMAN, "1.234.567,5", 1234567.5),
    ],
)
def test_numbers_in_each_way_of_writing(style: Style, text: str, number: float) -> None:
    assert style.read(text) == number


@pytest.mark.parametrize("text", ["abc", "1_000", "12%", "0x10", "1,2", "1.2.3", "1e400", "٣", "inf", "1" * 50])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        POINT.read(text)


def test_cells_without_a_value() -> None:
    assert all(math.isnan(POINT.read(f" {text.upper()} ")) for text in MISSING)


@pytest.mark.parametrize(
    "texts, separator, style",
    [
        (["1", "2.5"], ",", POINT),
        (["1", "2,5"], ";", COMMA),
        (["1,234", "12"], ";", COMMA),  # a comma stands before the fraction where it can
        (["1,234", "12"], ",", ENGLISH),  # but in quotation marks, in a table of commas, it is between thousands
        (["1,2345", "12"], ",", COMMA),
        (["1.234,5", "12"], ";", GERMAN),
        (["1,234.5", "12"], ";", ENGLISH),
        (["", "nan"], ",", None),
        (["1", "x"], ",", None),
    ],
)
def test_how_a_column_is_written(texts: list[str], separator: str, style: Style | None) -> None:
    assert style_of(texts, separator) is style


@pytest.mark.parametrize(
    "style, text, said",
    [
        (POINT, "abc", "'abc' is no number; correct it, or leave it empty"),
        (POINT, "-inf", "'-inf' is not finite; correct it, or leave it empty"),
        (POINT, "1e99", "'1e99' is too large to be learned from; correct it, or leave it empty"),
        (POINT, "1,5", "'1,5' is not written with a decimal point, as other rows are; write all in one way"),
        (COMMA, "1.5", "'1.5' is not written with a decimal comma, as other rows are; write all in one way"),
        (POINT, "x" * 90, f"'{'x' * 40}…' is no number; correct it, or leave it empty"),
    ],
)
def test_what_is_said_of_it(style: Style, text: str, said: str) -> None:
    assert style.refusal(text) == said
