"""Runs side by side: in which settings they differ, and by which names they go."""

from tests.support.runs import called, made
from tuilab.records.shelf import row
from tuilab.ui.runs.differences import defaults, differences, names


def rows(root, *spellings):
    return [row(made(root, spelling, steps=2)) for spelling in spellings]


def test_only_settings_that_differ_are_told_and_defaults_are_put_in(tmp_path):
    found = rows(tmp_path, "forecast cell=gru hidden=64", "forecast hidden=64 seed=4")
    assert defaults(found, differences(found)) == {"cell": ["gru", "lstm"], "seed": ["1", "4"]}


def test_switches_and_branches_are_among_them(tmp_path):
    branch = "branch=20261127-152340.544372-gradients@400"
    found = rows(tmp_path, "gradients switched=120:activation=relu", f"gradients {branch}", "frog jumps=3")
    told = defaults(found, differences(found))
    assert told["switched"] == ["120:activation=relu", "none", "-"] and told["branch"][1] == "from step 400"
    assert told["lab"] == ["gradients", "gradients", "frog"] and told["jumps"] == ["-", "-", "3"]


def test_the_fewest_settings_that_tell_runs_apart_are_their_names(tmp_path):
    one, two, three = (f"forecast cell={cell} lr={lr}" for lr, cell in ((0.02, "gru"), (0.02, "rnn"), (0.03, "rnn")))
    assert names(rows(tmp_path, one, two)) == ["gru", "rnn"]
    assert names(rows(tmp_path, two, three)) == ["lr=0.02", "lr=0.03"]
    assert names(rows(tmp_path, one, two, three)) == ["gru lr=0.02", "rnn lr=0.02", "rnn lr=0.03"]
    assert names(rows(tmp_path, "race", "words")) == ["race", "words"]


def test_the_learners_name_goes_before_and_the_time_stands_in(tmp_path):
    found = [row(called(made(tmp_path, "forecast", steps=2), "mine")), *rows(tmp_path, "forecast")]
    assert names(found)[0] == "mine" and names(found)[1].startswith("today ")
