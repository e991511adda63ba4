import itertools

import pytest
import torch

from tuilab.engine.recurrent import unroll
from tuilab.labs.spelling import parse
from tuilab.labs.unroll.experiment import answer, arrays
from tuilab.labs.unroll.spec import SENTENCES, Unroll, UnrollTrace


def spec(text: str) -> Unroll:
    found = parse(text)
    assert isinstance(found, Unroll)
    return found


def trace(text: str) -> UnrollTrace:
    return answer(spec(text))


def shape(matrix: list) -> tuple[int, int]:
    return len(matrix), len(matrix[0])


SIZES = [*itertools.product((1, 8), (1, 8), (1, 4), (1, 12)), (3, 2, 3, 2)]


@pytest.mark.parametrize(("neurons", "inputs", "batch", "steps"), SIZES)
def test_shapes(neurons: int, inputs: int, batch: int, steps: int) -> None:
    found = trace(f"unroll neurons={neurons} inputs={inputs} batch={batch} steps={steps}")
    assert len(found.steps) == steps
    for step in found.steps:
        assert shape(step.X) == (batch, inputs)
        for array in (step.Y_before, step.XWx, step.YWy, step.sum, step.Y):
            assert shape(array) == (batch, neurons)
    assert shape(found.Wx) == (inputs, neurons) and shape(found.Wy) == (neurons, neurons)
    assert shape(found.b) == (1, neurons)
    assert found.shapes["X"] == [steps, batch, inputs] and found.shapes["Y"] == [steps, batch, neurons]


def test_each_step_begins_with_what_the_last_one_gave() -> None:
    first, *others = (steps := trace("unroll steps=5").steps)
    assert not any(map(any, first.Y_before))
    assert [step.Y_before for step in others] == [step.Y for step in steps[:-1]]


def test_same_spelling_same_numbers_and_another_seed_others() -> None:
    assert trace("unroll seed=5") == trace("unroll seed=5") != trace("unroll seed=6")


def test_inputs_are_halves_or_digits() -> None:
    small = torch.tensor([step.X for step in trace("unroll steps=12 batch=4 inputs=8").steps])
    large = torch.tensor([step.X for step in trace("unroll data=large steps=12 batch=4 inputs=8").steps])
    assert set(small.flatten().tolist()) == {-1, -0.5, 0, 0.5, 1}
    assert set(large.flatten().tolist()) == set(range(10))


def test_an_edit_changes_its_number_and_what_follows_from_it() -> None:
    plain, edited = trace("unroll steps=3"), trace("unroll steps=3 set=X[1,0,1]:4,b[0,2]:0.25")
    assert edited.steps[1].X[0][1] == 4 and edited.b[0][2] == 0.25
    assert edited.Wx == plain.Wx and edited.Wy == plain.Wy
    assert edited.steps[0].XWx == plain.steps[0].XWx
    assert edited.steps[0].sum[0][2] != plain.steps[0].sum[0][2]
    assert edited.steps[1].XWx[0] != plain.steps[1].XWx[0]
    assert edited.steps[1].XWx[1:] == plain.steps[1].XWx[1:]


@pytest.mark.parametrize("edit", ["Wx[0,1]", "Wy[2,2]", "b[0,0]", "X[0,1,1]"])
def test_edited_arrays_are_unrolled_as_any_others(edit: str) -> None:
    found = trace(f"unroll set={edit}:-3.5")
    X, weights = arrays(spec(f"unroll set={edit}:-3.5"))
    assert [step.Y for step in found.steps] == [step.Y.tolist() for step in unroll(X, weights)]
    assert -3.5 in torch.cat([X.flatten(), *(w.flatten() for w in weights)])


def test_words_are_one_hot_in_their_places() -> None:
    found = trace("unroll data=words")
    assert found.words == ["The", "brown", "fox", "is", "quick", "red", "jumped", "high"]
    for t, step in enumerate(found.steps):
        for sentence, row in zip(SENTENCES, step.X, strict=True):
            assert sorted(row) == [0] * 7 + [1]
            assert found.words[row.index(1)] == sentence[t]
    assert found.shapes["X"] == [5, 2, 8]


def test_the_order_in_which_it_is_shown_changes_no_number() -> None:
    assert trace("unroll order=batch") == trace("unroll order=time")
