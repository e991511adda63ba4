"""Locked and hidden settings on the screen: no key changes them, and no screen tells a hidden one by itself."""

import pytest

from tests.ui.test_settings import words
from tests.vectors.samples import keep_run, rows
from tuilab.labs import catalogue
from tuilab.labs.catalogue import NAMES
from tuilab.labs.spec import fields
from tuilab.labs.spelling import parse, spell
from tuilab.widgets.form import Fixed, SettingsScreen

BY_WHOM = "here by whoever set this experiment up."
WORDS = ["king", "queen", "man", "woman", "dog", "cat"]
KEYS = [
    ("unroll lock=set", "e", "set"),
    ("unroll lock=order", "o", "order"),
    ("cell lock=set", "e", "set"),
    ("cell lock=clamp", "k", "clamp"),
    ("cell lock=t", "full_stop", "t"),
    ("cell lock=t", "s", "t"),
    ("cell lock=unit", "plus", "unit"),
    ("neuron lock=w_x", "e", "w_x"),
    ("skipgram lock=set", "e", "set"),
    ("skipgram lock=model", "m", "model"),
    ("skipgram lock=updates", "s", "updates"),
    ("window lock=size", "plus", "size"),
    ("window lock=sample", "down", "sample"),
    ("window lock=seed sample=0.1", "d", "seed"),
    ("window lock=model", "v", "model"),
    ("window lock=sentence", "e", "sentence"),
    ("activations lock=function", "s", "function"),
    ("activations lock=beside", "v", "beside"),
    ("activations lock=layers", "plus", "layers"),
    ("activations lock=x", "right", "x"),
    ("activations lock=x", "e", "x"),
    ("activations function=elu lock=alpha", "up", "alpha"),
    ("gradients lock=activation", "1", "activation"),
    ("gradients lock=clip", "4", "clip"),
    ("analogy lock=without", "v", "without"),
    ("analogy lock=pairs", "d", "pairs"),
]


async def at_the_lab(app):
    """Wait for the lab's numbers, and let the letters be keys."""
    await app.press("escape")
    panel = app.app.screen.panel
    if not hasattr(panel, "runner"):
        await app.until(lambda: panel.view is not None)
    return panel


@pytest.mark.parametrize(("lab", "key", "name"), KEYS)
async def test_a_key_that_would_change_it_is_refused_in_a_sentence(opened, lab, key, name):
    keep_run(WORDS, rows(len(WORDS)))
    async with opened(lab) as app:
        panel = await at_the_lab(app)
        await app.press(key)
        await app.until(f"{name} is locked {BY_WHOM}")
        assert panel.spec == parse(lab) and panel.history == []


async def test_what_is_not_locked_changes_beside_it(opened):
    async with opened("window lock=size") as app:
        panel = await at_the_lab(app)
        await app.press("v", "plus", "u")
        await app.until(lambda: not panel.history)
        assert panel.spec == parse("window lock=size")
        await app.press("v")
        await app.until("model=cbow lock=size")


async def test_a_typed_word_is_refused(opened):
    keep_run(WORDS, rows(len(WORDS)))
    async with opened("neighbours word=king lock=word") as app:
        await app.until(lambda: app.app.screen.panel.view is not None)
        await app.press(*"queen", "enter")
        await app.until(f"word is locked {BY_WHOM}")
        assert app.app.screen.panel.spec.word == "king"


async def test_a_switch_of_a_run_is_refused_and_others_are_not(opened):
    async with opened("gradients depth=4 width=4 batch=8 steps=60 lock=activation") as app:
        await app.until("space trains; before that")
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[-1], "run"))
        app.worker.train(10)
        await app.press("1")
        await app.until("activation is locked here by whoever")
        await app.press("2")
        await app.until("After step 10, init=he")
        assert app.app.screen.panel.spec.switched == "10:init=he"


@pytest.mark.parametrize("name", NAMES)
async def test_the_form_shows_what_is_locked_and_leaves_it(opened, name):
    locked, *_, secret = [field.name for field in fields(catalogue.lab(name).spec)]
    async with opened(f"{name} lock={locked} hide={secret}") as app:
        await app.press("escape", "f")
        await app.until(lambda: isinstance(app.app.screen, SettingsScreen))
        await app.until(lambda: f"{locked} is locked {BY_WHOM}" in words(app.text))
        form = app.app.screen
        assert [each.id for each in form.query(Fixed)] == [locked]
        assert not form.query(f"#{secret}") and secret not in [*form.shown]
        await app.press("ctrl+r", *"12345", "enter")
        await app.until(lambda: not isinstance(app.app.screen, SettingsScreen))
        assert spell(app.app.screen.panel.spec) == f"{name} lock={locked} hide={secret}"


async def test_the_form_changes_what_is_not_locked(opened):
    async with opened("forecast hidden=8 lock=hidden hide=seed seed=9") as app:
        await app.press("f")
        await app.until("Settings of forecast")
        await app.press(*["down"] * 4, "ctrl+u", "2", "enter")
        await app.until("layers=2")
        assert app.app.screen.panel.spec == parse("forecast hidden=8 layers=2 seed=9 lock=hidden hide=seed")


async def test_all_of_a_form_that_is_locked_can_be_seen(opened):
    async with opened("forecast lock=all") as app:
        await app.press("f")
        await app.until("Settings of forecast")
        await app.press("up")
        await app.until(lambda: f"branch is locked {BY_WHOM}" in words(app.text))


SECRETS = {
    "forecast cell=gru hidden=23 seed=4711 hide=cell,hidden,seed": ("gru", "23", "4711"),
    "race seed=4711 lr=0.0123 hide=seed,lr": ("4711", "0.0123"),
    "words seed=4711 dimensions=123 hide=seed,dimensions": ("4711", "123"),
    "gradients activation=elu init=he hide=activation,init": ("1 elu", "2 he"),
    "gates seed=4711 hide=seed": ("4711",),
    "neuron activation=tanh hide=activation": ("tanh",),
    "memory seed=4711 hide=seed": ("4711",),
    "map words=10 seed=4711 hide=seed": ("4711",),
}


@pytest.mark.parametrize("lab", SECRETS)
async def test_what_is_hidden_is_told_nowhere(opened, lab):
    keep_run([*WORDS, *(f"word{letter}" for letter in "abcdefgh")], rows(14))
    async with opened(lab, size=(120, 40)) as app:
        panel = app.app.screen.panel
        await app.until("hide=")
        for key, sentence in (("y", "the line of this experiment would tell."), ("c", "would tell.")):
            await app.press(key)
            await app.until("The code is there once the race" if key == "c" and "race" in lab else sentence)
            assert app.app.screen.panel is panel and app.app.clipboard == ""
        for secret in SECRETS[lab]:
            assert secret not in app.text, secret
        await app.press("f")
        await app.until("Settings of")
        for secret in SECRETS[lab]:
            assert f" {secret}" not in app.text, secret


async def test_no_way_leads_inside_where_something_is_hidden(opened):
    async with opened("gates hide=seed") as app:
        await app.until(lambda: app.app.screen.panel.view is not None)
        await app.press("enter")
        await app.until(f"seed is hidden {BY_WHOM[:-1]}; the lab inside would")


async def test_a_layer_that_is_locked_is_locked_inside_too(opened):
    async with opened("gates lock=length") as app:
        await app.until(lambda: app.app.screen.panel.view is not None)
        await app.press("enter")
        await app.until("lock=length")
        assert app.app.screen.panel.spec.kind == "cell" and app.app.screen.panel.spec.lock == "length"
