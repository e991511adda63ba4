"""A training that is taken up from its state goes on number for number."""

import numpy as np
import pytest

from tuilab.labs import catalogue
from tuilab.labs.spelling import parse

SPELLINGS = [
    "neuron",
    "memory ago=2,4 hidden=4 batch=2 steps=60",
    *(f"forecast hidden=4 length=5 optimiser={name} clip=0.5" for name in ("adam", "sgd", "rmsprop")),
    "forecast hidden=3 layers=2 cell=gru length=5",
    "forecast hidden=3 layers=2 length=5 device=auto",
    *(f"gradients width=4 depth=3 length=5 batch=8 steps=20 {more}" for more in ("", "network=rnn batchnorm=step")),
    "gradients width=4 depth=3 batch=8 steps=20 switched=3:activation=relu,5:init=he,7:clip=0.1",
    "words dimensions=8 epochs=1",
    "words dimensions=8 epochs=1 model=cbow seeds=2",
]


def training(spelled):
    spec = parse(spelled)
    return catalogue.part(spec.kind, "experiment").Training(spec)


@pytest.mark.parametrize("spelled", SPELLINGS)
def test_it_goes_on_number_for_number(spelled):
    whole = training(spelled)
    metrics = [whole.advance() for _ in range(12)]
    first = training(spelled)
    for _ in range(5):
        first.advance()
    kept = {name: np.copy(array) for name, array in first.state().items()}
    first.advance()
    second = training(spelled)
    second.restore(5, kept)
    assert [second.advance() for _ in range(7)] == metrics[5:]
    assert second.view() == whole.view()


@pytest.mark.parametrize("lacks", ["parameter.0", "parameter.", ""])
def test_weights_that_lack_some_are_refused(lacks):
    made = training("forecast hidden=4 length=5")
    weights = {name: array for name, array in made.state().items() if name.startswith("parameter.")}
    weights = {name: array for name, array in weights.items() if not lacks or not name.startswith(lacks)}
    if not lacks:
        weights["parameter.99"] = weights["parameter.0"]
    with pytest.raises(ValueError, match="another network"):
        made.put_weights(weights)


@pytest.mark.parametrize("other", ["forecast hidden=5 length=5", "forecast hidden=4 length=5 optimiser=sgd", "neuron"])
def test_a_state_of_another_network_is_refused_in_a_sentence(other):
    made = training("forecast hidden=4 length=5")
    with pytest.raises(ValueError, match="another network"):
        made.restore(3, training(other).state())
    assert made.step == 0
