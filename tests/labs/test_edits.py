import random

import pytest

from tuilab.labs.edits import Edit, number, parse_edits, read_number, spell_edits


@pytest.mark.parametrize("seed", range(10))
def test_round_trip(seed: int) -> None:
    rng = random.Random(seed)
    edits = {
        (name, place): Edit(name, place, rng.choice([0.0, -1.5, rng.uniform(-1e6, 1e6), 1e-12]))
        for name in ("X", "Wx", "b", "w_x")
        for place in [(), (rng.randint(0, 11), rng.randint(0, 8)), (1, 2, 3)]
    }
    assert parse_edits(spell_edits(tuple(edits.values()))) == tuple(edits.values())


def test_of_two_edits_of_one_number_the_later_counts() -> None:
    assert spell_edits((Edit("b", (0, 1), 1.0), Edit("b", (0, 1), 2.0))) == "b[0,1]:2.0"


def test_no_edits() -> None:
    assert parse_edits("") == () and spell_edits(()) == ""


def test_numbers_as_a_learner_types_them() -> None:
    assert [number(text) for text in (" 0.5", "−2", "1e-3", "+4", ".5")] == [0.5, -2, 0.001, 4, 0.5]
    assert [number(text) for text in ("0,5", "-0,125", "3,14", "3072")] == [0.5, -0.125, 3.14, 3072]
    assert read_number("1e9") == 1e9


@pytest.mark.parametrize("text", ["", "x", "0x10", "nan", "inf", "1e7", "-1e400", "1_0"])
def test_what_is_no_number_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number; write|^No number is given; |cannot be set; a number"):
        number(text)


@pytest.mark.parametrize("text", ["3,072", " -3,072 ", "216,900", "1,234,567"])
def test_a_comma_before_three_digits_may_mean_two_things(text: str) -> None:
    sentence = f"{text.strip()} is thousands to some and decimals to others; write it with a point, or no comma."
    for read in (number, read_number):
        with pytest.raises(ValueError, match=f"^{sentence}$"):
            read(text)
