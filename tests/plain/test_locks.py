"""The line of an experiment, and what is locked or hidden, by typed lines."""

import pytest

BY_WHOM = "here by whoever set this experiment up"
SMALL = "gradients depth=4 width=4 batch=8 steps=60"


def test_the_line_that_opens_it(talk) -> None:
    said = talk("set b[0,0]=0.25", "spelling", "y", lab="unroll neurons=2").splitlines()
    line = "tuilab open \"unroll neurons=2 seed=1 'set=b[0,0]:0.25'\""
    assert said.count(line) == 2
    said = talk("train 5", "spelling", lab=SMALL)
    assert f"\ntuilab open '{SMALL} seed=1'\n" in said
    assert "opened, it has yet to train the 5 steps." in " ".join(said.split())
    assert "vectors=last is the newest run that is kept on this machine" in talk("spelling", lab="neighbours word=a")


@pytest.mark.parametrize(
    ("lab", "typed", "sentence"),
    [
        ("forecast lock=hidden", "set hidden=8", f"hidden is locked {BY_WHOM}."),
        ("forecast lock=hidden", "set lock=", f"lock and hide are set {BY_WHOM}."),
        ("forecast lock=all", "set seed=2", f"seed is locked {BY_WHOM}."),
        ("forecast hide=seed seed=9", "set seed=2", f"seed is hidden {BY_WHOM}."),
        ("forecast hide=seed seed=9", "spelling", f"seed is hidden {BY_WHOM}; the line of this experiment would tell."),
        ("forecast hide=seed,lr", "code", f"seed and lr are hidden {BY_WHOM}; its code would tell."),
        ("unroll lock=set", "set b[0,0]=1", f"set is locked {BY_WHOM}."),
    ],
)
def test_what_is_refused(talk, lab: str, typed: str, sentence: str) -> None:
    assert sentence in " ".join(talk(typed, lab=lab).split())


def test_the_settings_say_what_is_locked_and_leave_out_what_is_hidden(talk) -> None:
    said = talk("settings", "set layers=2", "undo", lab="forecast hidden=8 seed=4711 lock=hidden hide=seed")
    assert "hidden=8: hidden size, units in each layer; locked." in said
    assert "4711" not in said and "seed=" not in said.replace("hide=seed", "")
    assert "The lab stands at: forecast hidden=8 layers=2 lock=hidden hide=seed." in said


def test_a_switch_of_what_is_locked_is_refused_and_the_training_goes_on(talk) -> None:
    said = " ".join(talk("train 10", "set lr=1", "set init=he", "train 5", lab=f"{SMALL} lock=lr").split())
    assert f"lr is locked {BY_WHOM}." in said and "It is switched from here on" in said
    assert "switched=10:init=he lock=lr, trained 15 of 60 steps" in said
