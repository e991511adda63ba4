"""Runs the cell lab."""

from torch import Tensor

from tuilab.engine.layer import Kind
from tuilab.engine.walk import Held, Task, backwards, difference_from_autograd, forwards
from tuilab.labs.cell.models import Model, fresh, trained
from tuilab.labs.cell.spec import GATES, Cell, CellTrace, Walk, check_clamp
from tuilab.labs.cell.unit import Unit
from tuilab.labs.edits import Edit


def answer(spec: Cell) -> CellTrace:
    """Walk through the window, with clamps and edits and without. Raises ValueError with a sentence."""
    model = trained(spec) if spec.model else fresh(spec)
    if spec.unit >= model.hidden:
        raise ValueError(f"cell: unit={spec.unit} is not allowed: the units go from 0 to {model.hidden - 1}.")
    check_clamp(spec.clamp, model.task.kind.cell, model.task.kind.peephole)
    task = _changed(model, spec)
    now, by_hand = _seen(task, spec)
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
        baseline=_seen(model.task, spec)[0] if spec.clamp != "no" or spec.edits else None,
        difference=difference_from_autograd(task, by_hand),
        about=model.about,
        snapshots=list(model.snapshots),
    )


def _seen(task: Task, spec: Cell) -> tuple[Walk, list[Tensor]]:
    """The unit at the step, and the gradients of the weights by hand."""
    seen = forwards(task)
    back = backwards(task, seen, spec.unit)
    return Unit(task, seen, back, spec.t, spec.unit).seen(), back.sums


def _changed(model: Model, spec: Cell) -> Task:
    """The model's task with the learner's clamp and edits put in."""
    task = model.task
    x, weights, held = task.x.clone(), [weight.clone() for weight in task.weights], list[Held]()
    if spec.clamp == "peepholes:0":
        weights[4].zero_()
    elif spec.clamp != "no":
        name, value = spec.clamp.split(":")
        held.append(Held(name, float(value)))
    for edit in spec.edits:
        if edit.array == "x" and model.layers > 1:
            raise ValueError(
                "cell: set: x cannot be set here: what goes into this layer are the outputs of the one below."
            )
        _put(edit, task.kind, x, weights, held)
    return task._replace(x=x, weights=weights, held=held)


def _put(edit: Edit, kind: Kind, x: Tensor, weights: list[Tensor], held: list[Held]) -> None:
    gates = GATES[kind.cell]
    name, _, gate = edit.array.partition("_")
    hidden, inputs, time = weights[1].shape[1], weights[0].shape[1], len(x)
    if edit.array in gates:
        step, unit = _place(edit, time, hidden)
        held.append(Held(edit.array, edit.value, step, unit))
    elif edit.array == "x":
        x[_place(edit, time)[0], 0, 0] = edit.value
    elif name == "P" and gate in tuple("ifo") and kind.peephole != "no":
        place = _place(edit, *(hidden, hidden) if kind.peephole == "full" else (hidden,))
        weights[4]["ifo".index(gate) * hidden + place[0], *place[1:]] = edit.value
    elif gate in gates and name in ("W", "U", "b"):
        row = gates.index(gate) * hidden
        if name == "b":
            unit = row + _place(edit, hidden)[0]
            apart = gate == "n" and kind.reset == "after"  # its other bias stands behind r
            weights[2][unit] = edit.value - (0.0 if apart else weights[3][unit])
        else:
            unit, column = _place(edit, hidden, inputs if name == "W" else hidden)
            weights["WU".index(name)][row + unit, column] = edit.value
    else:
        peepholes = ["P_i", "P_f", "P_o"] if kind.peephole != "no" else []
        names = [*gates, "x", *(f"{w}_{g}" for g in gates for w in "WUb"), *peepholes]
        raise ValueError(f"cell: set: there is no {edit.array} to set. There are: {', '.join(names)}.")


def _place(edit: Edit, *sizes: int) -> tuple[int, ...]:
    if len(edit.place) != len(sizes) or any(i >= n for i, n in zip(edit.place, sizes, strict=True)):
        places, given = ", ".join(f"0 to {n - 1}" for n in sizes), ",".join(map(str, edit.place))
        raise ValueError(f"cell: set: {edit.array}[{given}] is not a place of {edit.array}; its places are [{places}].")
    return edit.place
