"""What the cell lab looks into: fresh weights, or a forecast that was trained and kept."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn

from tuilab.engine.forecaster import Forecaster
from tuilab.engine.layer import Kind, Recurrent
from tuilab.engine.recurrence import Tapes, recur
from tuilab.engine.shape_walk import decoder_of, walk_of
from tuilab.engine.shapes import Examples
from tuilab.engine.walk import Task
from tuilab.labs import locks, spelling
from tuilab.labs.cell.spec import Cell
from tuilab.labs.forecast.experiment import Training, series_of
from tuilab.labs.forecast.spec import AnyForecast, Forecast
from tuilab.labs.forms import Layer
from tuilab.labs.shapes.examples import own_example
from tuilab.labs.shapes.experiment import Training as ShapesTraining
from tuilab.labs.shapes.spec import Shapes
from tuilab.records.folders import runs_folder
from tuilab.records.snapshots import Found, look_into
from tuilab.records.state import RunError


class Model(NamedTuple):
    """One layer and what is read out of it, on a window; everything in double precision."""

    task: Task
    inputs: Tensor  # (time,) of the whole network
    hidden: int
    layer: int  # 0 is the lowest
    layers: int
    about: str
    snapshots: Sequence[int] = ()
    file: str = ""  # of a kept network's weights
    turned: bool = True  # whether a GRU's z is, where its weights come from, one minus ours
    classes: Sequence[str] = ()  # what is said, where it is no number
    part: str = ""  # encoder or decoder
    reads: Sequence[str] = ()  # the letters that go in
    run: str = ""  # the name of the kept run


def fresh(spec: Layer) -> Model:
    """A layer with fresh weights on the series of the forecast lab."""
    generator = torch.Generator().manual_seed(spec.seed)
    kind = Kind(spec.cell, spec.peephole, spec.reset)
    model = Forecaster(kind, spec.hidden, 1, generator)
    seed = [" ".join(each) for each in locks.shown(spec, ["seed"])]
    return _model(model, spec, Forecast(), ", ".join(("fresh weights", *seed)))


def trained(spec: Layer) -> Model:
    """The forecast that a kept run has trained. Raises ValueError with a sentence."""
    try:
        found = look_into(runs_folder(), spec.model, "forecast", spec.at)
    except RunError as error:
        raise ValueError(f"{spec.kind}: {error}") from None
    run = spelling.parse(found.spelling)
    if isinstance(run, Shapes) and isinstance(spec, Cell):
        return shaped(spec, run, found)
    if not isinstance(run, AnyForecast):
        which = "a forecast" if not isinstance(spec, Cell) else "a forecast or of shapes"
        raise ValueError(
            f"{spec.kind}: model={spec.model} is a run of {run.kind}; the cells of {which} can be looked into."
        )
    spec.check_model(run)
    if isinstance(spec, Cell):
        spec.check_not_shapes(f"model={spec.model} is a forecast")
    training = Training(run)
    try:
        training.put_weights(found.weights)
    except ValueError as error:
        raise ValueError(f"{spec.kind}: model={spec.model}: {error}") from None
    spec.check_layer(run.layers)
    made = _model(training.model.cpu(), spec, run, f"{spelling.told(run)} after {found.step:,} steps")
    turned = run.engine == "torch"
    return made._replace(snapshots=found.steps, file=str(found.path), turned=turned, run=found.name)


def shaped(spec: Cell, run: Shapes, found: Found) -> Model:
    """A network of the shapes lab on one example. Raises ValueError with a sentence."""
    spec.check_model(run)
    spec.check_layer(1)
    training = ShapesTraining(run)
    try:
        training.put_weights(found.weights)
        return model_on_example(training, spec, f"{spelling.told(run)} after {found.step:,} steps")._replace(
            snapshots=found.steps, file=str(found.path), run=found.name
        )
    except ValueError as error:
        raise ValueError(f"cell: model={spec.model}: {error}") from None


def model_on_example(training: ShapesTraining, spec: Cell, about: str) -> Model:
    """The part that is asked for, on an example that was held out or is the learner's own. Raises ValueError."""
    task, network = training.task, training.network
    if spec.own:
        examples, known = own_example(task, spec.own)
        about += f", {spec.own!r}"
    else:
        held = training.held_out
        at = slice(spec.example, spec.example + 1)
        examples, known = Examples(held.inputs[:, at], held.targets[:, at]), True
        about += f", held-out example {spec.example}"
    said = network.free(examples)
    if not known:
        examples = examples._replace(targets=said.argmax(-1))
        about += ", what it says taken for right"
    walked = walk_of(network, examples, said)
    part = walked
    if task.form == "encdec":
        about += f", its {spec.part}"
        part = decoder_of(walked) if spec.part == "decoder" else walked
    elif spec.part != "encoder":
        raise ValueError(f"part={spec.part} is for form=encdec; a network of form={task.form} has one part.")
    steps = len(part.x)
    if spec.length != steps:
        raise ValueError(
            f"length={spec.length} is not allowed: the example has {steps} time steps; take length={steps}."
        )
    reads = [task.classes[int(place)] for place in part.x[:, 0].argmax(-1)] if task.form == "encdec" else []
    named = spec.part if task.form == "encdec" else ""
    return Model(
        part,
        part.x[:, 0, 0],
        training.spec.hidden,
        0,
        1,
        about,
        turned=False,
        classes=task.classes,
        part=named,
        reads=reads,
    )


def _model(model: Forecaster, spec: Layer, run: AnyForecast, about: str) -> Model:
    """One layer: what goes into it are the outputs of those below; those above go on to the loss."""
    model.double()
    layers = _ours(model)
    values = series_of(run).values(spec.first, spec.length + 1).double()
    top = layers.layers - 1
    shown = top if spec.layer < 0 else spec.layer
    x, targets = _through(layers, shown, values[:-1, None, None]), values[1:, None, None]
    readout = model.readout.weight.detach(), model.readout.bias.detach()
    task = None
    for layer in range(top, shown - 1, -1):
        weights = [weight.detach().clone() for weight in layers.weights(layer)]
        task = Task(layers.kind, x, targets, weights, readout, above=task)
    assert task is not None
    if top:
        about += f", its layer {shown} of 0 to {top}" if shown < top else ", its top layer"
    return Model(task, values[:-1], layers.hidden, shown, layers.layers, about)


@torch.no_grad()
def _through(layers: Recurrent, count: int, x: Tensor) -> Tensor:
    """What comes out of so many layers, from the lowest up."""
    for layer in range(count):
        state = [x.new_zeros(1, layers.hidden)] * layers.kind.states
        x, *_ = recur(Tapes(layers.kind.tape), x, state, layers.weights(layer))
    return x


def _ours(model: Forecaster) -> Recurrent:
    if isinstance(model.recurrent, Recurrent):
        return model.recurrent
    torchs: nn.RNNBase = model.recurrent
    ours = Recurrent(model.kind, 1, torchs.hidden_size, torchs.num_layers).double()
    ours.from_torch(torchs.state_dict())
    return ours
