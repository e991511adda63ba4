import torch

from tuilab.engine.neuron import outputs, unroll_neuron


def scalars(*values: float) -> list[torch.Tensor]:
    return [torch.tensor(value, dtype=torch.float64) for value in values]


def unrolled(x: list[float], activation: str, *weights: float) -> list[tuple[float, ...]]:
    steps = unroll_neuron(torch.tensor(x, dtype=torch.float64), *scalars(*weights), activation)
    return [tuple(float(number) for number in step) for step in steps]


def test_linear_by_hand() -> None:
    # y(0) = 2·1 + 0.5·0 + 1 = 3; y(1) = 2·2 + 0.5·3 + 1 = 6.5; y(2) = 2·(-1) + 0.5·6.5 + 1 = 2.25
    expected = [(2, 0, 3, 3), (4, 1.5, 6.5, 6.5), (-2, 3.25, 2.25, 2.25)]
    assert unrolled([1, 2, -1], "linear", 2, 0.5, 1) == expected


def test_relu_by_hand() -> None:
    # the sum of the first step, -3 + 1, is cut to 0, so that the second starts afresh
    assert unrolled([-3, 2], "relu", 1, 10, 1) == [(-3, 0, -2, 0), (2, 0, 3, 3)]


def test_tanh_by_hand() -> None:
    (_, _, first, y0), (_, memory, second, y1) = unrolled([0.5, 0.5], "tanh", 1, 2, 0)
    assert first == 0.5 and abs(y0 - 0.46211715726000975) < 1e-15
    assert memory == 2 * y0 and second == 0.5 + 2 * y0
    assert abs(y1 - 0.89048) < 1e-5


def test_outputs_in_order() -> None:
    steps = unroll_neuron(torch.tensor([1.0, 2.0, 3.0]), *(t.float() for t in scalars(1, 0, 0)), "linear")
    assert outputs(steps).tolist() == [1, 2, 3]
