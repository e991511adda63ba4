import pytest

from tests.support.runs import made
from tuilab.labs import spelling
from tuilab.labs.branchpoint import branched, moments


def test_moments_are_those_that_were_kept_and_the_last_save_but_not_the_beginning(tmp_path):
    assert moments(made(tmp_path, steps=40, moments=(0, 10, 20))) == [10, 20, 40]


def test_a_branch_has_the_settings_of_its_run(tmp_path):
    first = made(tmp_path, "forecast cell=gru seed=3 steps=40", steps=40, moments=(10,))
    spec, said = branched(first, 10)
    assert spelling.spell(spec) == f"forecast cell=gru steps=40 seed=3 branch={first.name}@10" and not said
    again = made(tmp_path, spelling.spell(spec), steps=40, moments=(20,))
    assert branched(again, 20)[0].branch == f"{again.name}@20"


@pytest.mark.parametrize(
    ("spelled", "field", "longer"),
    [("forecast steps=40", "steps", 80), ("words", "epochs", 10), ("map iterations=40", "iterations", 80),
     ("race equal=seconds", "seconds", 10), ("neuron steps=40", "steps", 80)],
)  # fmt: skip
def test_where_the_run_ends_it_is_given_as_many_steps_again(tmp_path, spelled, field, longer):
    spec, said = branched(made(tmp_path, spelled, steps=40), 40)
    assert getattr(spec, field) == longer and f"{field} is {longer} now" in said


def test_a_run_that_did_not_end_has_steps_left(tmp_path):
    for finished in (None, "stopped", "diverged"):
        spec, said = branched(made(tmp_path, "forecast steps=90", steps=40, finished=finished), 40)
        assert spec.steps == 90 and not said


def test_where_no_more_steps_are_allowed_it_is_said(tmp_path):
    with pytest.raises(ValueError, match="steps is a whole number from 1 to 1,000,000; branch from an earlier moment"):
        branched(made(tmp_path, "forecast steps=1000000", steps=40), 40)


def test_what_is_no_run_or_no_training_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no longer there"):
        branched(tmp_path / "20261127-152340.544372-forecast", 1)
    with pytest.raises(ValueError, match="A run of unroll cannot be branched"):
        branched(made(tmp_path, "unroll", steps=4), 4)
