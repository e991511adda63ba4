"""`y` in every lab: the line that opens what is on the screen, copied and shown."""

import shlex

import pytest

from tests.labs.test_cell_experiment import keep
from tuilab.labs.catalogue import NAMES
from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.widgets.spelled import COPIED


def copied(app):
    """The spelling in what was copied."""
    tuilab, command, spelled = shlex.split(app.app.clipboard)
    assert (tuilab, command) == ("tuilab", "open")
    return parse(spelled)


@pytest.mark.parametrize("name", NAMES)
async def test_every_lab_has_the_key_and_help_names_it(opened, name):
    async with opened(name) as app:
        await app.press("escape", "y")  # out of a line that letters are typed into
        await app.until(COPIED)
        assert copied(app) == app.app.screen_stack[-2].panel.spec == parse(name)
        await app.press("escape", "question_mark")
        await app.until("esc closes")
        assert "     y  This experiment as one line, copied" in f"     {app.app.screen.key_lines}"


async def test_what_was_edited_is_in_the_line(opened):
    async with opened("unroll") as app:
        await app.until("part 4 of 4")
        await app.press("e")
        await app.until("New value for X[0,0]")
        await app.press("2", "enter")
        await app.until("set=X[0,0,0]:2.0")
        await app.press("y")
        await app.until(COPIED)
        assert copied(app) == parse("unroll set=X[0,0,0]:2.0")


async def test_what_was_switched_is_in_the_line_and_what_was_trained_is_said_not_to_be(opened):
    async with opened("gradients depth=4 width=4 batch=8 steps=60") as app:
        await app.until("space trains; before that")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(20)
        await app.press("1")
        await app.until("After step 20, activation=tanh")
        await app.press("y")
        await app.until("not how far: opened, it has yet to train")
        assert copied(app).switched == "20:activation=tanh"


async def test_a_neuron_that_was_trained_is_copied_with_its_weights(opened):
    async with opened("neuron") as app:
        await app.until("w_x·x")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(3)
        panel = app.app.screen.panel
        await app.until(lambda: panel.current() != panel.spec)
        await app.press("y")
        await app.until(COPIED)
        assert copied(app) == panel.current() and "yet to train" not in app.text


async def test_the_newest_run_is_named(opened):
    keep("forecast hidden=3 length=5", 3)
    (name,) = [folder.name for folder in runs_folder().iterdir()]
    for lab in ("cell", "gates"):
        async with opened(f"{lab} model=last") as app:
            await app.until(lambda app=app: app.app.screen.panel.view is not None)
            await app.press("y")
            await app.until("elsewhere the line opens")
            assert copied(app).model == name


async def test_a_line_that_no_terminal_should_be_given_is_refused(opened):
    async with opened("words 'corpus=a\x1bb'") as app:
        await app.press("y")
        await app.until("words: a setting has characters in it that cannot be typed")
        assert app.app.clipboard == ""
