"""A state that is not a training's own is refused in one sentence, by every lab that trains; never a traceback."""

import random

import numpy as np
import pytest

from tests.vectors.samples import keep_run
from tuilab.labs import catalogue
from tuilab.labs.run import Diverged
from tuilab.labs.spelling import parse
from tuilab.labs.takingup import take_up

MAP = "map skip=0 perplexity=5 iterations=40"
SPELLINGS = [
    "neuron steps=60",
    "forecast hidden=4 length=5 steps=60",
    "shapes steps=200 hidden=4",
    "gradients width=4 depth=3 batch=8 steps=60",
    "memory ago=2 hidden=4 batch=2 steps=60",
    "race steps=60 hidden=4 length=4",
    "words dimensions=8 epochs=1 seeds=2",
    MAP,
]
DTYPES = (np.float64, np.float16, np.int64, np.uint16, np.bool_)


def training(spelled):
    spec = parse(spelled)
    return catalogue.experiment_of(spec.kind).Training(spec)


def other_shape(array):
    return np.zeros((*array.shape, 2), array.dtype)


def longer(array):
    return np.concatenate([np.atleast_1d(array), np.atleast_1d(array)])


def another_dtype(array):
    return array.astype(next(dtype for dtype in DTYPES if dtype != array.dtype))


def emptied(array):
    return array[:0] if array.ndim else np.zeros((0,), array.dtype)


def junk(array):
    content = random.Random(3).randbytes(array.nbytes)
    return np.frombuffer(bytearray(content), array.dtype).reshape(array.shape)


def not_finite(array):
    return np.full_like(array, np.nan if array.dtype.kind == "f" else 0)


pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # junk is no number
WRONG = (other_shape, longer, another_dtype, emptied, junk, not_finite)


@pytest.fixture(scope="module", params=SPELLINGS)
def begun(request, tmp_path_factory):
    """A spelling, its training, and a state of it after some steps."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    if request.param.startswith("map"):
        words = [f"word{number}" for number in range(60)]
        keep_run(words, np.random.default_rng(1).normal(size=(60, 8)), "words dimensions=8")
    made = training(request.param)
    for _ in range(22 if made.total > 22 else 5):
        made.advance()
    yield (
        request.param,
        training(request.param),
        {name: array.copy() for name, array in made.state().items()},
        made.step,
    )
    patch.undo()


def some(state):
    """Some of many arrays."""
    return random.Random(1).sample(sorted(state), min(8, len(state)))


def taken_up(fresh, step, state):
    """Whether a state is taken up; then the training goes on, or says why not."""
    try:
        take_up(fresh, step, state)
    except ValueError as error:
        assert type(error) is ValueError and str(error).endswith(".") and "\n" not in str(error), error
        return False
    try:
        fresh.view()
        fresh.advance()
    except Diverged:
        pass
    return True


def test_a_state_of_its_own_is_taken_up(begun):
    _, fresh, state, step = begun
    assert taken_up(fresh, step, state)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_each_array_made_wrong_is_refused_in_a_sentence_or_gone_on_with(begun, wrong):
    spelled, fresh, state, step = begun
    refused = 0
    for name in some(state):
        refused += not taken_up(fresh, step, state | {name: wrong(state[name])})
    if wrong in (other_shape, another_dtype):
        assert refused == len(some(state)), spelled


def test_arrays_that_are_missing_or_too_many_or_of_another_step_are_refused(begun):
    _, fresh, state, step = begun
    for name in some(state):
        taken_up(fresh, step, {other: array for other, array in state.items() if other != name})
    assert not taken_up(fresh, fresh.total + 1, state)
    assert not taken_up(fresh, step, {})


@pytest.mark.parametrize("other", SPELLINGS)
def test_the_state_of_another_lab_is_refused(begun, other):
    spelled, _, state, step = begun
    if other not in (spelled, MAP):
        assert not taken_up(training(other), step, state)
