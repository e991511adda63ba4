"""A trained simple RNN, as the unroll lab has its layer."""

from torch import Tensor

from tuilab.engine.recurrent import Weights
from tuilab.labs.cell.models import trained
from tuilab.labs.cell.spec import Cell
from tuilab.labs.unroll.spec import Unroll


def arrays_of_model(spec: Unroll) -> tuple[Tensor, Weights]:
    """What goes in (time, 1, inputs) and the weights of a kept run's network. Raises ValueError with a sentence.

    The cells hold W as (hidden, inputs) and two biases, of which this layer has the sum.
    """
    cell = Cell(model=spec.model, at=spec.at, example=spec.example, own=spec.own, length=spec.steps)
    try:
        task = trained(cell).task
    except ValueError as error:
        sentence = str(error).removeprefix("cell: ").replace("length=", "steps=")
        raise ValueError(f"unroll: {sentence}") from None
    if task.kind.cell != "rnn" or task.kind.activation != "tanh":
        raise ValueError(
            f"unroll: the network of model={spec.model} has cell={task.kind.cell}; this lab unrolls the simple one, "
            f"cell=rnn. Look into yours with cell model={spec.model}."
        )
    W, U, b, c = task.weights[:4]
    neurons, inputs = W.shape
    if (spec.neurons, spec.inputs) != (neurons, inputs):
        raise ValueError(
            f"unroll: neurons={spec.neurons} inputs={spec.inputs} is not allowed here: the network of "
            f"model={spec.model} has neurons={neurons} inputs={inputs}, and this lab shows up to 8 of each."
        )
    return task.x.float(), Weights(W.T.float(), U.T.float(), (b + c).float()[None])
