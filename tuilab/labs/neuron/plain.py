"""The neuron lab in plain mode: where a number comes from, by its name."""

import re

from tuilab.labs.neuron.arithmetic import W_X, explain
from tuilab.labs.neuron.code import code as _code
from tuilab.labs.neuron.spec import Neuron, NeuronShow, NeuronView, Row
from tuilab.widgets.blocks import Cell

EXAMPLES = {"lab": "rows", "set": "w_x=2", "why": "y t=2"}

_WEIGHTS = ("w_x", "w_y", "b")
_COLUMNS = Row.__struct_fields__
_NAME = re.compile(
    r"(?:(?P<rows>rows|unseen_rows)\[(?P<row>\d+)\]\.)?(?P<name>[a-z_]+)(?:[\[(](?P<place>\d+)[\])])?(?:\s+t=(?P<t>\d+))?"
)


def why(spec: Neuron, view: NeuronView, name: str, show: NeuronShow | None) -> str:
    """Write out `w_x`, `y t=2` or `unseen_rows[2].y`. Raises ValueError with a sentence."""
    found = _NAME.fullmatch(name)
    if found and found["name"] in _WEIGHTS and not (found["row"] or found["place"] or found["t"]):
        return _weight(spec, view, found["name"])
    if found is None or found["name"] not in _COLUMNS:
        asked = f"there is no number {name!r}. " if name else ""
        raise ValueError(
            f"neuron: {asked}There are {', '.join(_WEIGHTS)}, and at each time step "
            f"{', '.join(_COLUMNS)}: write one as y t=2."
        )
    show = show or NeuronShow()
    unseen = found["rows"] == "unseen_rows" or (found["rows"] is None and show.series == "unseen")
    rows = view.unseen_rows if unseen else view.rows
    given = found["row"] or found["place"] or found["t"]
    t = int(given) if given else min(show.step, len(rows) - 1)
    if t >= len(rows):
        raise ValueError(f"neuron: there is no time step t={t}; they go from 0 to {len(rows) - 1}.")
    return explain(spec, view, rows, Cell("t", t, _COLUMNS.index(found["name"])))[0]


def look(show: NeuronShow) -> str:
    """The command that tells what a page wants to be looked at."""
    cell = Cell.parse(show.cursor)
    if cell is None:
        return "lab"
    return f"why {_WEIGHTS[cell.column]}" if cell.block == "weights" else f"why {_COLUMNS[cell.column]} t={cell.row}"


def code(spec: Neuron, view: NeuronView) -> str:
    """The neuron and its training in plain torch."""
    return _code(spec)


def _weight(spec: Neuron, view: NeuronView, name: str) -> str:
    cell = W_X._replace(column=_WEIGHTS.index(name))
    sentence = explain(spec, view, view.rows, cell)[0]
    return sentence.replace("e edits it.", f"set {name}=1 would make it 1.")
