"""Settings that are locked or hidden: spelled, refused, and what a lab may go to."""

import pytest

from tests.labs.refusals import refusal
from tuilab.labs import catalogue
from tuilab.labs.catalogue import NAMES
from tuilab.labs.locks import hidden, locked, refusal_of
from tuilab.labs.spec import fields
from tuilab.labs.spelling import parse, spell, told

BY_WHOM = "here by whoever set this experiment up."


@pytest.mark.parametrize("lab", NAMES)
def test_every_lab_takes_them_and_lists_neither(lab: str) -> None:
    names = [field.name for field in fields(type(parse(lab)))]
    spec = parse(f"{lab} lock={names[0]} hide={names[-1]}")
    assert spell(spec) == f"{lab} lock={names[0]} hide={names[-1]}" and parse(spell(spec)) == spec
    assert locked(spec) == (names[0], names[-1]) and hidden(spec) == (names[-1],)
    assert locked(parse(f"{lab} lock=all")) == tuple(names)
    assert not {"lock", "hide"} & set(names) and locked(parse(lab)) == ()


@pytest.mark.parametrize("kind", [kind for kind in catalogue.kinds() if kind not in NAMES])
def test_questions_have_neither(kind: str) -> None:
    for name in ("lock", "hide"):
        assert refusal(f"{kind} {name}=at").startswith(f"{kind}: there is no field {name!r}. There are: ")


def test_a_name_that_is_none_is_refused_with_what_there_is() -> None:
    there = "w_x, w_y, b, activation, sequence, unseen, "
    assert refusal("neuron lock=w_x,frog").startswith(
        f"neuron: lock=w_x,frog is not allowed: there is no field 'frog' to lock. There are: all, {there}"
    )
    assert refusal("neuron hide=all").startswith(
        f"neuron: hide=all is not allowed: there is no field 'all' to hide. There are: {there}"
    )


def test_what_is_hidden_is_not_told() -> None:
    assert told(parse("forecast cell=gru hidden=8 seed=3 hide=cell,seed")) == "forecast hidden=8 hide=cell,seed"


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("forecast hidden=8 lock=hidden", "forecast hidden=9 lock=hidden", f"hidden is locked {BY_WHOM}"),
        ("forecast hide=cell", "forecast cell=gru hide=cell", f"cell is hidden {BY_WHOM}"),
        ("forecast lock=all", "forecast seed=2 lock=all", f"seed is locked {BY_WHOM}"),
        ("forecast lock=lr", "forecast", f"lock and hide are set {BY_WHOM}"),
        ("forecast hide=lr", "forecast hide=seed", f"lock and hide are set {BY_WHOM}"),
        ("forecast lock=lr", "forecast hidden=9 lock=lr", ""),
        ("forecast", "forecast lock=lr", ""),
        ("forecast lock=hidden", "forecast data=milk hidden=32 lock=hidden", ""),
        ("forecast lock=hidden", "forecast data=milk lock=hidden", f"hidden is locked {BY_WHOM}"),
        ("forecast data=milk lock=season", "forecast data=milk season=4 lock=season", f"season is locked {BY_WHOM}"),
        ("forecast data=milk lock=data", "forecast", f"lock and hide are set {BY_WHOM}"),
        ("gradients lock=lr", "gradients switched=3:lr=1 lock=lr", f"lr is locked {BY_WHOM}"),
        ("gradients switched=3:lr=1 lock=lr", "gradients lock=lr", f"lr is locked {BY_WHOM}"),
        ("gradients lock=lr", "gradients switched=3:init=he lock=lr", ""),
        ("gradients lock=switched", "gradients switched=3:init=he lock=switched", f"switched is locked {BY_WHOM}"),
    ],
)
def test_what_a_lab_may_go_to(before: str, after: str, sentence: str) -> None:
    assert refusal_of(parse(before), parse(after)) == sentence


def test_a_layer_that_is_locked_is_locked_in_the_cell_lab_too() -> None:
    gates = parse("gates lock=all")
    cell = parse("cell")
    inside = type(cell)(**gates.same_layer())  # type: ignore[attr-defined]
    assert set(locked(inside)) == set(locked(gates)) and "t" not in locked(inside)
