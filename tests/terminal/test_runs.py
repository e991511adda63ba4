"""Kept runs in the real program: listed, looked into, branched with a worker of its own, drawn together."""

import re

from tests.support.runs import made
from tuilab.labs import spelling
from tuilab.records.about import about_run
from tuilab.records.curve import read_series
from tuilab.records.shelf import folders


def test_a_training_is_found_again_looked_into_and_branched(opened):
    runs = opened.data / "runs"
    made(runs, "race", steps=50)
    program = opened("open", "forecast hidden=8 batch=8 steps=300 seed=3")
    program.until("space trains")
    program.press("space")
    program.until(lambda text: "done" in text and "300" in text)
    program.press("q")
    program.until("u Runs")
    program.press("u")
    program.until("1/2")
    trained = folders(runs)[0]
    program.press("enter")
    program.until(f"loss {read_series(trained).loss[299]:.9g}"[:12])
    program.press("[")
    program.until(lambda text: "b branches from this one" in text and "after step 300" not in text)
    step = int(re.search(r"after step (\d+)", program.text)[1])
    program.press("b")
    program.until(f"space trains on from step {step}")
    program.press("space")
    program.until(lambda text: "300 / 300" in text and "done" in text)
    program.press("q")
    program.until("2/3")  # the cursor stays with the run it was on
    branch = folders(runs)[0]
    assert spelling.parse(about_run(branch).spelling).branch == f"{trained.name}@{step}"
    assert read_series(branch) == read_series(trained)  # nothing was changed, so it went the same way
    program.press("up", " ", " ", "d")
    program.until(lambda text: "2 runs" in text and "last step" in text)
    assert "branch" in program.text and f"from step {step}" in program.text
    family = program.family()
    program.press("\x03")
    program.all_end(family)


def test_keys_that_are_typed_ahead_go_to_the_list_and_the_chart(opened):
    made(opened.data / "runs", "forecast", steps=2000)
    program = opened()
    program.until("u Runs")
    program.press("u\r++\x1b[D")
    program.until("steps 1,501 to 2,000")
    program.press("qq")
    program.until("LESSONS")


def test_who_leaves_while_a_long_run_is_read_waits_for_nothing(opened):
    made(opened.data / "runs", "forecast steps=600000", steps=600_000)
    program = opened()
    program.until("u Runs")
    program.press("u")
    program.until("1/1")
    program.press("\ra")
    program.until("step 600,000")
    family = program.family()
    program.press("\x03")
    program.all_end(family)
