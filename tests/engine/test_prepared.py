import numpy as np
import pytest
import torch

from tuilab.engine.prepared import Prepared, Scale, Split

VALUES = np.array([3.0, 1, 4, 1, 5, 9, 2, 6, 5, 300])


def prepared(lag: int) -> Prepared:
    return Prepared(VALUES, Split(train=6, validation=2, held=2), lag)


def test_the_scale_is_fitted_on_the_training_part_alone() -> None:
    one = prepared(1)
    changes = np.array([-2.0, 3, -3, 4, 4])  # of 3, 1, 4, 1, 5, 9
    assert one.scale == Scale(pytest.approx(changes.mean()), pytest.approx(changes.std()))
    others = Prepared(np.concatenate([VALUES[:6], [7.0, 8, 9, 1e6]]), one.split, 1)
    assert others.scale == one.scale
    assert one.inputs(1, 5).numpy() == pytest.approx((changes - changes.mean()) / changes.std(), rel=1e-6)


def test_a_scale_is_undone() -> None:
    scale = Scale.fit(VALUES)
    assert scale.undo(scale.apply(VALUES)) == pytest.approx(VALUES)
    assert scale.apply(VALUES).mean() == pytest.approx(0) and scale.apply(VALUES).std() == pytest.approx(1)
    with pytest.raises(ValueError, match="alike"):
        Scale.fit(np.full(5, 0.1))


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_what_is_said_comes_back_in_the_unit_of_the_series(lag: int) -> None:
    one = prepared(lag)
    said = one.inputs(6, 4).double().numpy()  # a network that is always right
    assert one.undo_one(said, 6) == pytest.approx(VALUES[6:], rel=1e-5)
    assert one.undo_free(said, 6) == pytest.approx(VALUES[6:], rel=1e-5)


def test_a_free_forecast_adds_to_its_own_values_and_one_ahead_to_true_ones() -> None:
    one = prepared(1)
    nothing = one.scale.apply(np.array([1.0, 1, 1]))  # always one more
    assert one.undo_free(nothing, 6) == pytest.approx([10, 11, 12])
    assert one.undo_one(nothing, 6) == pytest.approx([10, 3, 7])
    three = prepared(3)
    more = three.scale.apply(np.array([1.0, 1, 1, 1]))
    assert three.undo_free(more, 6) == pytest.approx([2, 6, 10, 3])


def test_batches_are_windows_of_the_training_part_shifted_by_one() -> None:
    one = prepared(1)
    known = one.inputs(1, 5).tolist()
    windows = [known[first : first + 4] for first in range(2)]
    inputs, targets = one.batch(50, 3, torch.Generator().manual_seed(1))
    found = {(*before[:, 0].tolist(), after[-1, 0].item()) for before, after in zip(inputs, targets, strict=True)}
    assert found == {tuple(window) for window in windows}  # none of them reaches what is held out
    assert torch.equal(inputs[:, 1:], targets[:, :-1])
