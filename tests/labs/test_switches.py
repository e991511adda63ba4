"""The spelling of switches during a run."""

import pytest

from tuilab.labs import switches
from tuilab.labs.gradients.spec import Gradients
from tuilab.labs.spelling import SpellingError, parse, spell


def spec(switched: str = "", **settings: object) -> Gradients:
    return Gradients(switched=switched, **settings)  # type: ignore[arg-type]


def test_settings_are_in_force_from_their_step_on() -> None:
    made = spec("120:activation=relu,300:clip=1")
    assert switches.in_force(made, 119) == spec()
    assert switches.in_force(made, 120) == spec(activation="relu")
    assert switches.in_force(made, 10_000) == spec(activation="relu", clip=1.0)


def test_a_switch_is_appended_at_its_step_and_spelled() -> None:
    made = switches.thrown(spec(), 120, {"activation": "relu"})
    made = switches.thrown(made, 300, {"clip": "1.0"})
    assert spell(made) == "gradients switched=120:activation=relu,300:clip=1"
    assert parse(spell(made)) == made


def test_a_second_switch_at_the_same_step_takes_the_place_of_the_first() -> None:
    made = switches.thrown(spec(), 120, {"activation": "tanh"})
    assert switches.thrown(made, 120, {"activation": "relu"}).switched == "120:activation=relu"
    assert switches.thrown(made, 120, {"activation": "sigmoid"}) == spec()  # as it was


def test_a_switch_thrown_drops_those_planned_for_later() -> None:
    made = switches.thrown(spec("500:clip=1"), 120, {"activation": "relu"})
    assert made.switched == "120:activation=relu"


def test_before_the_first_step_a_switch_is_a_setting() -> None:
    assert switches.thrown(spec(), 0, {"activation": "relu"}) == spec(activation="relu")


def test_going_back_takes_back_what_was_switched_there_and_later() -> None:
    made = spec("100:clip=1,120:activation=relu,130:lr=0.5")
    assert switches.taken_back(made, 120).switched == "100:clip=1"


@pytest.mark.parametrize(
    ("switched", "told"),
    [
        ("120", "switched=120 cannot be read; write switches as STEP:NAME=VALUE, as 120:activation=relu"),
        ("a:clip=1", "cannot be read"),
        ("-3:clip=1", "cannot be read"),
        ("5:clip=1,,", "switched= cannot be read"),
        ("²:clip=1", "cannot be read"),
        ("120:depth=3", "depth cannot be switched during a run. What can be switched: activation, init"),
        ("120:activation=reul", "activation=reul is not allowed: activation is one of sigmoid, tanh, relu"),
        ("120:clip=nan", "clip=nan is not allowed"),
        ("0:clip=1", "switched=0:clip=1 is not allowed: the training has 20,000 steps, and a switch is thrown after 1"),
        ("20000:clip=1", "is thrown after 1 to 19,999 of them"),
        ("120:batchnorm=shared", "batchnorm=shared is for network=rnn"),
        (",".join(f"{n}:clip=1" for n in range(1, 62)), "61 switches are too many; at most 60"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(switched: str, told: str) -> None:
    with pytest.raises(SpellingError, match="gradients: ") as refused:
        parse(f"gradients 'switched={switched}'")
    assert told in str(refused.value)


def test_a_lab_without_switches_says_so() -> None:
    with pytest.raises(ValueError, match="nothing in it can be"):
        switches.thrown(parse("neuron"), 3, {"w_x": "2"})
