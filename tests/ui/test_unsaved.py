"""A training that cannot be saved says so on the screen of every lab that trains, and goes on."""

import numpy as np
import pytest

from tests.vectors.samples import keep_run
from tuilab.labs import catalogue
from tuilab.worker.messages import Named

PROBLEM = "This run cannot be saved: No space left on device."
LABS = {
    "neuron": "neuron steps=30",
    "forecast": "forecast hidden=4 length=5 batch=2 steps=30",
    "shapes": "shapes hidden=4 steps=30",
    "gradients": "gradients depth=3 width=4 batch=8 steps=30",
    "memory": "memory ago=2 hidden=4 batch=2 steps=30",
    "race": "race hidden=4 length=5 batch=2 steps=30",
    "words": "words dimensions=8 epochs=1",
    "map": "map skip=0 perplexity=2 iterations=40",
}


def test_these_are_all_labs_that_train():
    assert {lab.name for lab in catalogue.labs() if lab.view is not None} == set(LABS)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("spelling", LABS.values(), ids=LABS)
async def test_what_keeps_a_run_from_being_saved_is_on_the_screen(opened, spelling, size):
    keep_run([f"word{number}" for number in range(60)], np.random.default_rng(1).normal(size=(60, 8)))
    async with opened(spelling, size=size) as app:
        await app.press("space")
        await app.until(lambda: bool(app.worker.jobs) and hasattr(app.worker.jobs[0], "run"))
        app.worker.train(3)
        job = app.worker.jobs[0]
        job.send(Named(job.id, "", PROBLEM))
        app.worker.train(2)
        await app.until(lambda: PROBLEM in " ".join(app.text.replace("│", " ").split()))
        job.send(Named(job.id, "saved"))
        app.worker.train(1)
        await app.until(lambda: "cannot be saved" not in app.text)
