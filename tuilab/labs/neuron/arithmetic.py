"""Where a number of the neuron comes from, written out with the numbers put in."""

from tuilab.labs.locks import hidden
from tuilab.labs.neuron.spec import Neuron, NeuronView, Row
from tuilab.widgets.blocks import Cell

X, INPUT, MEMORY, SUM, Y, TARGET, ERROR = range(7)
W_X, W_Y, B = (Cell("weights", 0, column) for column in range(3))


def explain(spec: Neuron, view: NeuronView, rows: list[Row], cell: Cell) -> tuple[str, list[Cell]]:
    """The arithmetic of a number, and its sources."""
    if cell.block == "weights":
        return _weight(view, cell.column), []
    t, row = cell.row, rows[cell.row]
    last = rows[t - 1].y if t else 0.0
    here = [Cell("t", t, column) for column in range(7)]
    before = [Cell("t", t - 1, Y)] if t else []
    last_text = _n(last) if t else "0 (no output yet)"
    texts = {
        X: (f"x({t}) = {_n(row.x)}, what goes in at step {t}", []),
        INPUT: (f"w_x·x({t}) = {_n(view.w_x)} × {_n(row.x)} = {_n(row.input_part)}", [W_X, here[X]]),
        MEMORY: (f"w_y·y({t - 1}) = {_n(view.w_y)} × {last_text} = {_n(row.memory_part)}", [W_Y, *before]),
        SUM: (
            f"sum({t}) = w_x·x({t}) + w_y·y({t - 1}) + b\n"
            f"= {_n(row.input_part)} + {_n(row.memory_part)} + {_n(view.b)} = {_n(row.sum)}",
            [here[INPUT], here[MEMORY], B],
        ),
        Y: (
            f"y({t}) = {output_of(spec, f'{_n(view.w_x)}·{_n(row.x)} + {_n(view.w_y)}·{last_text} + {_n(view.b)}')}\n"
            f"= {_n(row.y)}",
            [W_X, here[X], W_Y, *before, B],
        ),
        TARGET: (f"the number that follows x({t}) = {_n(row.x)} in the sequence: {_n(row.target)}", []),
        ERROR: (f"y({t}) − target = {_n(row.y)} − {_n(row.target)} = {_n(row.error)}", [here[Y], here[TARGET]]),
    }
    return texts[cell.column]


def output_of(spec: Neuron, total: str) -> str:
    """What comes out of a sum; an activation that is hidden is just f."""
    name = "f" if "activation" in hidden(spec) else spec.activation
    return total if name == "linear" else f"{name}( {total} )"


def _weight(view: NeuronView, column: int) -> str:
    return (
        f"w_x = {_n(view.w_x)}, the weight of the input. e edits it.",
        f"w_y = {_n(view.w_y)}, the weight of the neuron's own last output. e edits it.",
        f"b = {_n(view.b)}, the bias, added at every step. e edits it.",
    )[column]


def _n(value: float) -> str:
    """Six digits at most, with brackets and a true minus sign where it is negative."""
    text = f"{value + 0.0:.6g}"  # with 0.0 added a zero has no sign
    return f"(−{text[1:]})" if text.startswith("-") else text
