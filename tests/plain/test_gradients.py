"""The gradients lab by typed lines."""

from tuilab.records.folders import runs_folder
from tuilab.records.shelf import newest_left

SMALL = "gradients depth=6 width=8 batch=16 steps=300"


def test_a_switch_goes_on_with_what_is_trained(talk) -> None:
    said = talk("train 60", "set activation=relu init=he", "train 60", "lab rows", "code", lab=SMALL)
    assert "switched=60:activation=relu,60:init=he, trained 60 of 300 steps" in " ".join(said.split())
    assert "It is switched from here on; train goes on." in " ".join(said.split())
    assert "After step 60, activation=relu, init=he: first layer over last" in " ".join(said.split())
    assert "switched = {60: {'activation': 'relu', 'init': 'he'}}" in said


def test_what_cannot_be_switched_begins_anew_and_bad_values_are_refused(talk) -> None:
    said = talk("train 20", "set clip=abc", "set activation=reul", "set depth=4", lab=SMALL)
    assert "clip=abc is not allowed: clip is a number from 0 to 1,000" in said
    assert "activation=reul is not allowed" in said
    assert "train begins anew" in " ".join(said.split())


def test_an_explosion_is_told_and_a_switch_goes_on(talk) -> None:
    said = talk("train", "set init=xavier", "train 20", lab="gradients network=rnn activation=relu init=identity")
    assert "Right on" not in said.partition("Step 3:")[2].partition("Trained 20")[0]  # of nan nothing is right
    assert "Step 3: the first inf stood in time step" in said
    assert "Trained 20 steps" in said


def test_a_switched_training_is_kept_as_it_is_spelled_now(talk) -> None:
    talk("train 20", "set clip=1", "train 5", lab=SMALL)
    left = newest_left(runs_folder())
    assert left is not None and left.step == 25
    assert left.spelling == f"{SMALL} switched=20:clip=1"
