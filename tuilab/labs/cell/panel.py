"""Shows the cell lab."""

from dataclasses import replace

import msgspec
from textual.binding import Binding

from tuilab.labs.cell.arithmetic import agreement, equation, explain
from tuilab.labs.cell.blocks import PARTS, backwards, column_name, forwards, gradients, place_of, weights, weights_of
from tuilab.labs.cell.code import code
from tuilab.labs.cell.code_back import code_back
from tuilab.labs.cell.places import DEEP, OTHER, TURNED, computed_at, edit_at, matching, name_at
from tuilab.labs.cell.sources import sources
from tuilab.labs.cell.spec import Cell, CellShow, CellTrace
from tuilab.labs.edits import Edit, spell_edits
from tuilab.labs.gridpanel import Bands
from tuilab.labs.layerpanel import LayerPanel
from tuilab.labs.slips import Place as Path
from tuilab.labs.trypanel import TryPanel
from tuilab.widgets.blocks import Block
from tuilab.widgets.blocks import Cell as Place
from tuilab.widgets.narrow import narrowed

CLAMPS = {"lstm": ("no", "f:1", "f:0", "i:0", "o:1"), "gru": ("no", "z:0", "z:1", "r:1", "r:0"), "rnn": ("no",)}


class CellPanel(TryPanel, LayerPanel):
    """One unit at one time step, gate by gate; then backwards."""

    HELP = """\
One unit of the layer at one time step. s and b walk through what the step computes, and on to the next step; the full
stop and the comma change the step at once, + and - the unit.
v turns round: backwards each gate shows how the loss changes with it, this step's own term and what was carried back.
w shows the unit's weights; backwards, their gradients. enter marks what the number under the cursor is made of; e
changes an input, a weight, a bias, a gate, or h(t-1) and C(t-1) as the step begins: it is then held at that value.
k holds a gate in all units and steps. A star marks what has changed; below it is the old value.
t hides a computed number and asks for it, backwards too: where yours comes of a well-known slip, that is named.
Where it is narrow tanh C is left out, and backwards gate and dW.
On a trained model [ and ] go through the moments of its training."""

    BINDINGS = [
        Binding("full_stop", "time(1)", "Time", key_display=". ,", tooltip="The next time step, or the one before (,)"),
        Binding("comma", "time(-1)", "Time back", show=False, tooltip="The time step before"),
        Binding(
            "plus,equals_sign", "unit(1)", "Unit", key_display="+ -", tooltip="The next unit, or the one before (-)"
        ),
        Binding("minus", "unit(-1)", "Unit before", show=False, tooltip="The unit before"),
        Binding("v", "turn", "Turn", tooltip="Backwards through the step, or forwards again"),
        Binding("w", "weights", "Weights", tooltip="The weights of this unit or their gradients, or the step again"),
        Binding("k", "clamp", "Hold", tooltip="Hold a gate at 0 or 1 in every unit and step"),
    ]

    editable = "Inputs, weights, biases and, forwards, gates, h(t-1) and C(t-1)"
    spec: Cell
    view: CellTrace | None
    way = "forwards"
    part = 0  # how many parts are computed; 0 before the first answer: all

    def open(self, spec: Cell, show: CellShow | None = None) -> None:  # type: ignore[override]
        """Show a spec, forwards or backwards, as far as a page asks for."""
        self.way, self.part = (show.way, show.part) if show else ("forwards", 0)
        self.stood: dict[str, Place] = {}  # where the cursor stood in the other views
        super().open(spec, show)

    @property
    def parts(self) -> tuple[str, ...]:
        """What a step of this cell computes."""
        return PARTS[self.view.cell if self.view else self.spec.cell]

    @property
    def done(self) -> int:
        """How many of them are computed on the screen."""
        return min(self.part, len(self.parts)) or len(self.parts)

    def head(self) -> str:
        """The unit, the time step, and what is shown of it."""
        view = self.view
        assert view is not None
        reads = f"   {view.part} reads {view.reads}" if view.reads else ""
        place = f"unit {view.unit} of {view.hidden}   t ▐{view.t}▌ of {view.length - 1}{reads}"
        short = f"unit {view.unit}   t ▐{view.t}▌{reads}"
        if self.way == "weights":
            return f"{place}   its weights"
        if self.way == "gradients":
            return f"{place}   gradients of its weights"
        if self.way == "backwards":
            return f"{place}   backwards   loss {view.now.loss:.3g}"
        written = equation(view, self.parts[self.done - 1])
        return self.first_that_fits(f"{place}   {written}", f"{short}   {written}")

    def bands(self, view: CellTrace) -> Bands:
        """The numbers, those that a clamp or an edit has changed with what they would be by themselves."""
        bands = self._bands(view, view.now)
        if view.baseline is not None:
            own = self._bands(view, view.baseline)
            bands = [[_marked(*pair) for pair in zip(*each, strict=True)] for each in zip(bands, own, strict=True)]
        return self.shown(narrowed(bands, self.room))

    def place_in_answer(self, cell: Place) -> Path | None:
        """Where a gate, what it is made of, a state, or the gradient of one stands in the trace."""
        return computed_at(cell, self._column(cell))

    def _bands(self, view: CellTrace, walk) -> list[list[Block]]:  # type: ignore[no-untyped-def]
        if self.way == "forwards":
            return forwards(view, walk, self.done)
        return {"backwards": backwards, "weights": weights, "gradients": gradients}[self.way](view, walk)

    def stays(self, cell: Place) -> str:
        """Why a number cannot be set."""
        given = self._column(cell) == "target"
        return "target is the next point of the series, and stays." if given else super().stays(cell)

    def missing(self, cell: Place) -> str:
        """Why there is no number at a place; what is not there is not still to come."""
        if cell.block == "sent":
            return "Nothing goes back this way."
        if cell.block == "c0":
            return "Only the candidate n has a bias behind r; those of the other gates stand in b."
        return "The candidate g has no peephole." if self._lacks_peephole(cell) else super().missing(cell)

    def _lacks_peephole(self, cell: Place) -> bool:
        assert self.view is not None
        if weights_of(cell.block):
            return True
        if cell.block != "gates" or self._column(cell) != "P·C":
            return False
        return self.view.now.gates[cell.row].name == "g" and self.value_at(Place("gates", cell.row, 0)) is not None

    def explain(self, cell: Place) -> tuple[str, list[Place]]:
        """The arithmetic of a number, and those of its sources that stand here."""
        assert self.view is not None
        told = explain(self.view, cell.block, cell.row, self._column(cell))
        return told, sources(self.view, cell, self.blocks)

    def _column(self, cell: Place) -> str:
        return column_name(self.blocks[cell.block], cell.column)

    def name_of(self, cell: Place) -> str:
        """What the learner calls a number."""
        edit, column = self._edit(cell, 0.0), self._column(cell)
        if edit is not None:
            return str(edit).rpartition(":")[0]
        assert self.view is not None
        return name_at(self.view, cell, column)

    def edited(self, cell: Place, value: float) -> Cell | None:
        """The spec with one more number set."""
        edit = self._edit(cell, value)
        if edit is None:
            return None
        return msgspec.structs.replace(self.spec, set=spell_edits((*self.spec.edits, edit)))

    def _edit(self, cell: Place, value: float) -> Edit | None:
        assert self.view is not None
        return edit_at(self.view, cell, self._column(cell), value)

    def code(self) -> str:
        """The step of this unit in plain torch, in the direction that is shown."""
        if self.view is None:
            return ""
        return code_back(self.view) if self._is_back else code(self.view)

    @property
    def _is_back(self) -> bool:
        return self.way in ("backwards", "gradients")

    def action_step(self, direction: int) -> None:
        """Go to the next or the last part, through the time steps."""
        if self.view is None:
            return
        if self.way != "forwards":
            return self.action_time(-direction if self._is_back else direction)
        place = self.spec.t * len(self.parts) + self.done - 1 + direction
        t, part = divmod(place, len(self.parts))
        if not 0 <= t < self.view.length:
            return self.say("This is the last number of the last step." if direction > 0 else "Here it begins.")
        if t != self.spec.t and not self.allows_setting("t"):
            return None
        self.part = part + 1
        self.wanted_cursor = self._newest()
        self.go(t=t)
        return None

    def _newest(self) -> Place:
        """The place of what the part computes."""
        assert self.view is not None
        return place_of(self.view.cell, self.view.peephole, self.parts[self.done - 1])

    def action_time(self, direction: int) -> None:
        """Go to another time step."""
        if self.view is not None:
            self.go(t=max(0, min(self.view.length - 1, self.spec.t + direction)))

    def action_unit(self, direction: int) -> None:
        """Look at another unit."""
        if self.view is not None:
            self.go(unit=(self.spec.unit + direction) % self.view.hidden)

    def action_turn(self) -> None:
        """Backwards, or forwards again."""
        self._look(TURNED[self.way])
        if self._is_back and self.view is not None:
            self.say(f"s goes back to the step before.\n{agreement(self.view)}")

    def action_weights(self) -> None:
        """The weights, or the step again."""
        self._look(OTHER[self.way])

    def _look(self, way: str) -> None:
        """Another view: coming back, the cursor stands where it stood; going over, where the same gate or weight is."""
        here = self.grid.cursor
        if self.view is None or here is None:
            return
        column = self._column(here)
        as_it_was = DEEP.index(way) < DEEP.index(self.way) or self.stood.get(self.way) == here
        self.stood[self.way] = here
        self.way, stood = way, self.stood.get(way)
        self.update_blocks()
        there = (as_it_was and stood) or matching(here, column, way, self.blocks) or stood
        if there:
            self.grid.move_to(there, silently=True)
            self.tell()

    def action_clamp(self) -> None:
        """Hold the next gate of those that are worth it."""
        if self.view is None:
            return
        choices = CLAMPS[self.view.cell]
        if self.view.peephole != "no":
            choices = (*choices, "peepholes:0")
        if len(choices) == 1:
            return self.say("This cell has no gate that could be held.")
        if not self.allows_setting("clamp"):
            return None
        at = choices.index(self.spec.clamp) if self.spec.clamp in choices else 0
        self.history.append(self.spec)
        return self.go(clamp=choices[(at + 1) % len(choices)])

    def _take_settings(self, spec: Cell | None) -> None:  # type: ignore[override]
        """Other settings, and still the same way to look at them."""
        way, part = self.way, self.part
        super()._take_settings(spec)
        self.way, self.part = way, part

    def undone(self, earlier: Cell) -> Cell:  # type: ignore[override]
        """Take back what was edited or held, and stay at this unit and step."""
        return msgspec.structs.replace(self.spec, set=earlier.set, clamp=earlier.clamp)


def _marked(block: Block, by_itself: Block) -> Block:
    """A block with the numbers that it would have by itself."""
    old = {
        (r, c): then
        for r, row in enumerate(block.values)
        for c, now in enumerate(row)
        if now is not None and (then := by_itself.values[r][c]) is not None and then != now
    }
    return replace(block, old=old)


PANEL = CellPanel
