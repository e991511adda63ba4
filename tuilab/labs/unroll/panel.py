"""Shows the unroll lab."""

import msgspec
from textual.binding import Binding
from textual.widgets import Static

from tuilab.labs.edits import Edit, parse_edits, spell_edits
from tuilab.labs.gridpanel import Bands
from tuilab.labs.slips import Place
from tuilab.labs.trypanel import TryPanel
from tuilab.labs.unroll.arithmetic import explain
from tuilab.labs.unroll.blocks import RESULTS, computation, input_blocks, place_of
from tuilab.labs.unroll.code import code
from tuilab.labs.unroll.spec import PARTS, SENTENCES, Unroll, UnrollShow
from tuilab.widgets.blocks import Cell
from tuilab.widgets.text import put

_COMPUTED = {"X·Wx": "XWx", "Y·Wy": "YWy", "sum": "sum", "Y": "Y"}


class UnrollPanel(TryPanel):
    """The layer, one part of one time step at a time."""

    HELP = """\
Each step of the layer has four parts: X(t)·Wx, Y(t-1)·Wy, their sum with b, and tanh.
s and b go from part to part, the full stop and the comma from time step to time step.
The arrows move the cursor; enter writes out where the number under it comes from and marks its sources (▸).
e edits an input, a weight or a bias: what changes is marked (*) with its old value in brackets below. u undoes.
t hides the number under the cursor and asks for it: where yours comes of a well-known slip, that is named.
w shows the whole input, in the order (time, batch, inputs) or (batch, time, inputs); o changes that order."""

    BINDINGS = [
        Binding(
            "full_stop", "time(1)", "Time", key_display=". ,", tooltip="The next time step (.) or the one before (,)"
        ),
        Binding("comma", "time(-1)", "Time back", show=False, tooltip="The time step before"),
        Binding("w", "input", "Input", tooltip="The whole input X, all time steps"),
        Binding("o", "order", "Order", tooltip="Show the input time-major or batch-major"),
    ]

    spec: Unroll
    time = 0
    part = last_part = len(PARTS) - 1

    def open(self, spec: Unroll, show: UnrollShow | None = None) -> None:  # type: ignore[override]
        """Show a spec, at a time step and a part."""
        show = show or UnrollShow()
        self.time, self.part = min(show.step, spec.steps - 1), PARTS.index(show.part)
        super().open(spec, show)

    def head(self) -> str:
        """The equation of this step, the time line, and the part."""
        t = self.time
        if self.part == 0:
            time, batch, inputs = self.spec.steps, self.spec.batch, self.spec.inputs
            if self.spec.order == "time":
                return f"X  (time, batch, inputs) = ({time}, {batch}, {inputs})   time-major"
            return f"X  (batch, time, inputs) = ({batch}, {time}, {inputs})   batch-major"
        before = f"Y{t - 1}" if t else "0"
        last = self.spec.steps - 1
        line = " ".join(f"▐{i}▌" if i == t else str(i) for i in range(last + 1)) if last < 4 else f"▐{t}▌ of {last}"
        return f"Y{t} = tanh( X{t}·Wx + {before}·Wy + b )   t {line}   part {self.part} of 4: {PARTS[self.part]}"

    def bands(self, view) -> Bands:  # type: ignore[no-untyped-def]
        """The whole input, or this step as far as it has been computed."""
        if self.part == 0:
            return input_blocks(self.spec, view, self.size.width)
        return self.shown(computation(self.spec, view, self.time, self.part))

    def place_in_answer(self, cell: Cell) -> Place | None:
        """Where a product, a sum or an output stands in the trace."""
        field = _COMPUTED.get(cell.block)
        return ("steps", self.time, field, cell.row, cell.column) if field else None

    def explain(self, cell: Cell) -> tuple[str, list[Cell]]:
        """The arithmetic of a number."""
        return explain(self.view, self.time, cell, self.before)

    def edited(self, cell: Cell, value: float) -> Unroll | None:
        """The spec with one more number set."""
        place = place_of(self.spec, cell, self.time)
        if place is None:
            return None
        edits = (*parse_edits(self.spec.set), Edit(*place, value))
        return msgspec.structs.replace(self.spec, set=spell_edits(edits))

    def code(self) -> str:
        """The layer in plain torch, with the numbers on the screen."""
        return code(self.view) if self.view is not None else ""

    def action_step(self, direction: int) -> None:
        """Go to the next or the last part, through the time steps."""
        if self.view is None:
            return
        parts = len(PARTS) - 1
        place = self.time * parts + max(self.part, 1) - 1 + direction
        if self.part == 0:
            place = self.time * parts
        if 0 <= place < self.spec.steps * parts:
            self.time, self.part = place // parts, place % parts + 1
            self.update_blocks()
            self._to_newest()
        else:
            self.say("This is the last part of the last time step." if direction > 0 else "This is where it begins.")

    def _to_newest(self) -> None:
        """Put the cursor on what this part computes, at the row and column where it stood."""
        at = self.grid.cursor
        block = RESULTS[self.part]
        row, column = (at.row, at.column) if at is not None and at.block in RESULTS else (0, 0)
        self.grid.move_to(Cell(block, row, column), silently=True)
        self.tell(sources=True)

    def action_time(self, direction: int) -> None:
        """Go to the next or the last time step."""
        if self.view is None:
            return
        self.time = max(0, min(self.spec.steps - 1, self.time + direction))
        self.part = self.part or len(PARTS) - 1
        self.update_blocks()

    def action_input(self) -> None:
        """Show the whole input, or go back to the step."""
        self.last_part = self.part or self.last_part
        self.part = 0 if self.part else self.last_part
        self.update_blocks()

    def action_order(self) -> None:
        """Turn the input from time-major to batch-major and back."""
        if not self.allows_setting("order"):
            return
        order = "batch" if self.spec.order == "time" else "time"
        self.spec = msgspec.structs.replace(self.spec, order=order)
        self.history = [msgspec.structs.replace(spec, order=order) for spec in self.history]  # u takes edits back
        self.part = 0
        self.post_message(self.Changed(self))
        self.update_blocks()
        if self.spec.data == "words":
            first, second = (" ".join(sentence) for sentence in SENTENCES)
            put(self.query_one("#said", Static), f"Sequence 0: {first}.  Sequence 1: {second}.")

    def on_resize(self) -> None:
        """The whole input is laid out by the room there is."""
        super().on_resize()
        if self.part == 0:
            self.update_blocks()


PANEL = UnrollPanel
