"""The cell lab in plain mode."""

from typing import Any

import msgspec

from tuilab.labs.cell.arithmetic import agreement, explain
from tuilab.labs.cell.blocks import PARTS
from tuilab.labs.cell.code import code as _code
from tuilab.labs.cell.code_back import code_back
from tuilab.labs.cell.spec import Cell, CellShow, CellTrace

EXAMPLES = {"lab": "now.gates", "set": "t=3", "edit": "f[3,0]=1", "why": "C"}
KEYS = "k is set clamp=f:1"


def code(spec: Cell, view: CellTrace) -> str:
    """The step of the unit in plain torch, forwards and backwards."""
    return f"{_code(view)}\n\n{code_back(view)}"


def told(answer: object) -> str:
    """What was looked into, and how far the gradients by hand are from autograd's."""
    return (
        f"Unit {answer.unit} at t={answer.t}, {answer.about}. {agreement(answer)}."
        if isinstance(answer, CellTrace)
        else ""
    )


def compared(view: CellTrace) -> dict[str, Any]:
    """What is told of an edit: the unit's numbers on the way forwards, and the loss."""
    now: dict[str, Any] = msgspec.to_builtins(view.now)
    gates = [{name: gate[name] for name in ("Wx", "Uh", "b", "sum", "value")} for gate in now["gates"]]
    states = {name: now[name] for name in ("x", "h_before", "C_before", "C", "h", "prediction", "loss")}
    return {gate: numbers for gate, numbers in zip([each.name for each in view.now.gates], gates, strict=True)} | states


def why(spec: Cell, view: CellTrace, name: str, show: CellShow | None) -> str:
    """Write out a gate or a state by its name; `d` before a gate's name writes out its gradient."""
    gates = [gate.name for gate in view.now.gates]
    if name in gates:
        return explain(view, "gates", gates.index(name), "gate")
    if name[1:] in gates and name.startswith("d"):
        return explain(view, "back", gates.index(name[1:]), "d gate")
    if name in (*PARTS[view.cell], "said"):
        return explain(view, "after", 0, name)
    there = ", ".join((*PARTS[view.cell], "said", *(f"d{gate}" for gate in gates)))
    raise ValueError(f"cell: there is no number {name!r} here. There are: {there}.")


def look(show: CellShow) -> str:
    """The command that tells what a page wants to be looked at."""
    return "lab"
