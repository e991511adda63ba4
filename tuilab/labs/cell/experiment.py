"""Runs the cell lab."""

from collections.abc import Sequence

from torch import Tensor

from tuilab.engine.layer import Kind
from tuilab.engine.walk import Held, Task, backwards, difference_from_autograd, forwards
from tuilab.labs.cell.models import Model, fresh, trained
from tuilab.labs.cell.spec import BEFORE, GATE_NAMES, Cell, CellTrace, Walk, check_clamp
from tuilab.labs.cell.unit import Unit
from tuilab.labs.edits import Edit, check_edits


def answer(spec: Cell) -> CellTrace:
    """Walk through the window, with clamps and edits and without. Raises ValueError with a sentence."""
    model = trained(spec) if spec.model else fresh(spec)
    if spec.unit >= model.hidden:
        raise ValueError(f"cell: unit={spec.unit} is not allowed: the units go from 0 to {model.hidden - 1}.")
    check_clamp(spec.clamp, model.task.kind.cell, model.task.kind.peephole)
    task = _changed(model, spec)
    now, by_hand = _seen(task, spec, model.classes)
    return CellTrace(
        cell=task.kind.cell,
        peephole=task.kind.peephole,
        reset=task.kind.reset,
        hidden=model.hidden,
        layers=model.layers,
        length=spec.length,
        unit=spec.unit,
        t=spec.t,
        now=now,
        baseline=_seen(model.task, spec, model.classes)[0] if spec.clamp != "no" or spec.edits else None,
        difference=difference_from_autograd(task, by_hand),
        about=model.about,
        snapshots=list(model.snapshots),
        part=model.part,
        reads=model.reads[spec.t] if model.reads else "",
        run=model.run,
    )


def _seen(task: Task, spec: Cell, names: Sequence[str]) -> tuple[Walk, list[Tensor]]:
    """The unit at the step, and the gradients of the weights by hand."""
    seen = forwards(task)
    back = backwards(task, seen, spec.unit)
    return Unit(task, seen, back, spec.t, spec.unit, names=names).seen(), back.sums


def _changed(model: Model, spec: Cell) -> Task:
    """The model's task with the learner's clamp and edits put in."""
    task = model.task
    x, weights, held = task.x.clone(), [weight.clone() for weight in task.weights], list[Held]()
    if spec.clamp == "peepholes:0":
        weights[4].zero_()
    elif spec.clamp != "no":
        name, value = spec.clamp.split(":")
        held.append(Held(name, float(value)))
    if model.layer and any(edit.array == "x" for edit in spec.edits):
        raise ValueError("cell: set: x cannot be set here: what goes into this layer are the outputs of the one below.")
    try:
        check_edits(spec.edits, _shapes(task))
    except ValueError as error:
        raise ValueError(f"cell: {error}") from None
    for edit in spec.edits:
        _put(edit, task.kind, x, weights, held)
    return task._replace(x=x, weights=weights, held=held)


def _shapes(task: Task) -> dict[str, tuple[int, ...]]:
    """What can be set: gates, first states and inputs by step, and the weights of each gate."""
    time, inputs, hidden = len(task.x), task.weights[0].shape[1], task.weights[1].shape[1]
    gates, peephole = GATE_NAMES[task.kind.cell], task.kind.peephole
    shapes: dict[str, tuple[int, ...]] = {name: (time, hidden) for name in (*gates, *BEFORE[task.kind.cell])}
    shapes["x"] = (time,) if inputs == 1 else (time, inputs)
    for gate in gates:
        shapes |= {f"W_{gate}": (hidden, inputs), f"U_{gate}": (hidden, hidden), f"b_{gate}": (hidden,)}
    if task.kind.cell == "gru" and task.kind.reset == "after":
        shapes["c_n"] = (hidden,)
    if peephole != "no":
        shapes |= {f"P_{gate}": (hidden, hidden) if peephole == "full" else (hidden,) for gate in "ifo"}
    return shapes


def _put(edit: Edit, kind: Kind, x: Tensor, weights: list[Tensor], held: list[Held]) -> None:
    """Set a number at a place that is there."""
    name, _, gate = edit.array.partition("_")
    gates, hidden = GATE_NAMES[kind.cell], weights[1].shape[1]
    if name in gates or edit.array in BEFORE[kind.cell]:
        held.append(Held(edit.array, edit.value, *edit.place))
    elif name == "x":
        x[edit.place[0], 0, edit.place[1] if len(edit.place) > 1 else 0] = edit.value
    elif name == "c":
        weights[3][2 * hidden + edit.place[0]] = edit.value
    elif name == "P":
        weights[4]["ifo".index(gate) * hidden + edit.place[0], *edit.place[1:]] = edit.value
    else:
        row = gates.index(gate) * hidden + edit.place[0]
        if name == "b":
            apart = gate == "n" and kind.reset == "after"  # its other bias stands behind r
            weights[2][row] = edit.value - (0.0 if apart else weights[3][row])
        else:
            weights["WU".index(name)][row, edit.place[1]] = edit.value
