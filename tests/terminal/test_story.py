"""The main job, key by key, as a learner does it."""

import re

import pytest


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_layer_is_stepped_by_hand(opened, size):
    program = opened(size=size)
    program.until("LESSONS")
    program.press("j", "enter")
    program.until("After this lesson you can")
    program.press(*"nnnnnn", "tab")
    program.until("part 3 of 4: sum")
    program.press("enter")
    program.until("= 0.1444 + 0.0393 + 0.0837 ≈ 0.2673")
    program.press("s")
    program.until("part 4 of 4: tanh")
    program.press("e")
    program.until("Y[0,1] is computed")
    program.press("esc")
    program.gone("esc goes back")
    program.press(*["left"] * 5, "e")
    program.until("New value for b[0,2]")
    program.press(*"3", "enter")
    program.until("*")
    program.press("u")
    program.gone("*")
    program.press("c")
    program.until("import torch")
    program.press("q")
    program.gone("import torch")
    program.press("q")
    program.until("q Quit")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_an_lstm_is_trained_live_and_generates(opened, size):
    program = opened("open", "forecast steps=400", size=size)
    program.until("space trains")
    program.press("space")
    program.until(lambda text: re.search(r"[1-9]\d+ / 400 ", text))
    program.press("space")
    program.until("paused   loss")
    program.press("s", "space")
    program.until("done   loss")
    program.press("g")
    program.until("free running off by")
    program.press("z")
    program.until("from zeros there is no truth")


def test_a_question_is_answered_and_remembered(opened):
    program = opened("lesson", "1")
    program.until("After this lesson")
    program.press(*"nnnnnnnnn")
    program.until("What does it remember?")
    program.press("down", "enter")
    program.until("✓ Right: how many steps have gone by: it ends with 6.")
    program.press("q")
    program.until("1 of 7")


def test_keys_typed_ahead_are_taken_in_their_order(opened):
    program = opened("lesson", "6")
    program.until("After this lesson")
    program.press("nnnnnn\t ")
    program.until(lambda text: re.search(r"[1-9]\d* / 4,000", text))


def test_the_same_spelling_is_on_the_screen(opened):
    program = opened("open", "unroll neurons=2 seed=9")
    program.until("unroll neurons=2 seed=9")
    program.until("Wx 2×2")
