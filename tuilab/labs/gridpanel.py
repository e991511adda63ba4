"""What labs share in which numbers are read, explained, stepped through and edited."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static
from textual.worker import Worker

from tuilab.labs import locks
from tuilab.labs.edits import number
from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Spec
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.entry import EntryScreen, RefusalScreen
from tuilab.widgets.grid import NumberGrid
from tuilab.widgets.text import put

Bands = Sequence[Sequence[Block]]
PATIENCE = 1.0  # seconds at most that an edit waits for the numbers that it is of


class GridPanel(LabPanel):
    """A lab of number blocks.

    `view` is the worker's newest answer, `before` the one before the last edit.
    """

    BINDINGS = [
        Binding("s", "step(1)", "Step", key_display="s b", tooltip="One step forward (s) or back (b)"),
        Binding("b", "step(-1)", "Step back", show=False, tooltip="One step back"),
        Binding("enter", "why", "Why", tooltip="Write out where this number comes from, and mark its sources"),
        Binding("e", "edit", "Edit", tooltip="Give this number another value"),
        Binding("u", "undo", "Undo", tooltip="Take the last edit back"),
    ]

    editable = "Inputs, weights and biases"
    rows_below = 0  # rows that a lab wants for something else below the numbers

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.view: Any = None
        self.before: Any = None
        self._answered: tuple[Spec, Any, list[Spec]] | None = None  # the newest spec that was, with what was edited
        self._asking: Worker[None] | None = None
        self.wanted_cursor: Cell | None = None
        self.blocks: dict[str, Block] = {}  # that are shown, by their names

    def compose(self) -> ComposeResult:
        """A head line, the numbers, and what is said about one of them."""
        yield Static("", id="head", classes="line", markup=False)
        yield NumberGrid(id="grid")
        yield Static("", id="said", markup=False)

    @property
    def grid(self) -> NumberGrid:
        """The numbers."""
        return self.query_one(NumberGrid)

    def first_focus(self) -> NumberGrid:
        """The numbers take the keys."""
        return self.grid

    def on_resize(self) -> None:
        """The numbers take what they need, and leave room for what is said."""
        self._make_room(2)

    def say(self, sentence: str, problem: bool = False) -> None:
        """Put a sentence below the numbers, with room for all of it."""
        super().say(sentence, problem)
        width = max(1, self.size.width - 2)
        self._make_room(sum(-(-max(1, len(line)) // width) for line in sentence.split("\n")))

    @property
    def room(self) -> int:
        """The columns that there are for the numbers."""
        return max(1, self.size.width)

    def first_that_fits(self, *lines: str) -> str:
        """The first of these lines that there is room for, or the last one."""
        return next((line for line in lines if len(line) <= self.room), lines[-1])

    def _make_room(self, lines: int) -> None:
        self.grid.styles.max_height = max(6, self.size.height - 2 - max(2, lines) - self.rows_below)

    # What a lab fills in.

    def head(self) -> str:
        """One line over the numbers: where in the computation this is."""
        raise NotImplementedError

    def bands(self, view: Any) -> Bands:
        """The blocks for an answer of the worker."""
        raise NotImplementedError

    def explain(self, cell: Cell) -> tuple[str, list[Cell]]:
        """The arithmetic of a number, and the numbers it came from."""
        raise NotImplementedError

    def edited(self, cell: Cell, value: float) -> Spec | None:
        """The spec with this number set; None where it is computed and cannot be set."""
        raise NotImplementedError

    def name_of(self, cell: Cell) -> str:
        """What the learner calls a number."""
        return str(cell)

    def stays(self, cell: Cell) -> str:
        """Why a number cannot be set."""
        return f"{self.name_of(cell)} is computed; enter shows from what."

    def missing(self, cell: Cell) -> str:
        """Why there is no number at a place."""
        return "This is not computed yet; s goes on."

    def action_step(self, direction: int) -> None:
        """Go one step forward or back."""
        raise NotImplementedError

    # What they share.

    def open(self, spec: Spec, show: Any = None) -> None:
        """Show another spec, without old values."""
        self.history, self.before, self.view = [], None, None  # the old numbers do not belong to the new spec
        self.wanted_cursor = Cell.parse(show.cursor) if show is not None else None
        super().open(spec, show)

    def reload(self) -> None:
        """Ask for the numbers."""
        if self.view is None:
            self.say(self.waiting())
        self._asking = self.run_worker(self._reload(), exclusive=True)

    async def _reload(self) -> None:
        view = await self.ask(self.spec)
        if view is not None:
            self.view = view
            self._answered = self.spec, view, [*self.history]
            self.update_blocks()

    def refused(self) -> None:
        """Go on with what there was."""
        if self._answered is not None:
            self.spec, self.view, self.history = self._answered
            self.history = [*self.history]
            self.post_message(self.Changed(self))
            self.update_blocks()

    def update_blocks(self) -> None:
        """Draw what there is, changed numbers with their old values."""
        if self.view is None:
            return
        put(self.query_one("#head", Static), self.head())
        bands = self.bands(self.view)
        if self.before is not None:
            bands = _with_old_values(bands, self.bands(self.before))
        self.blocks = {block.name: block for band in bands for block in band}
        self.grid.show(bands)
        if self.wanted_cursor is not None:
            self.grid.move_to(self.wanted_cursor, silently=True)
            self.wanted_cursor = None
        self.tell()

    def tell(self, sources: bool = False) -> None:
        """Say what the number under the cursor is; mark its sources where asked for."""
        cell = self.grid.cursor
        if cell is None or self.view is None:
            return
        if self.value_at(cell) is None:
            self.grid.mark(())
            return self.say(self.missing(cell))
        sentence, found = self.explain(cell)
        self.grid.mark(found if sources else ())
        self.say(sentence)
        return None

    def value_at(self, cell: Cell) -> float | None:
        """The number at a place, as it stands on the screen; None where there is none."""
        return self.blocks[cell.block].values[cell.row][cell.column]

    def on_number_grid_moved(self) -> None:
        """Follow the cursor."""
        self.tell()

    def action_why(self) -> None:
        """Write out the arithmetic and mark the sources."""
        self.tell(sources=True)

    async def action_edit(self) -> None:
        """Edit the number under the cursor: the one that the keys before have led to."""
        if self.view is not None:
            await self._rest()
        cell = self.grid.cursor
        if cell is None or self.view is None:
            return
        there = self.value_at(cell)
        if there is None:
            return self._refuse(self.missing(cell))
        edited = self.edited(cell, 0.0)
        if edited is None:
            return self._refuse(f"{self.stays(cell)} {self.editable} can be edited.")
        if refusal := locks.refusal_of(self.current(), edited):
            return self._refuse(refusal)
        question = f"New value for {self.name_of(cell)}"
        value = f"{there + 0.0:.6g}"  # with 0.0 added a zero has no sign

        def check(text: str) -> None:
            self.edited(cell, number(text))

        def take(text: str | None) -> None:
            self._set(cell, None if text == value else text)

        self.app.push_screen(EntryScreen(question, value, check), take)
        return None

    async def _rest(self) -> None:
        """Wait until what was asked for is on the screen."""
        until = time.monotonic() + PATIENCE
        while self._asking is not None and not self._asking.is_finished and time.monotonic() < until:
            await asyncio.sleep(0.001)

    def _refuse(self, sentence: str) -> None:
        self.app.push_screen(RefusalScreen(sentence), lambda why: self.tell(sources=bool(why)))

    def _set(self, cell: Cell, text: str | None) -> None:
        spec = self.edited(cell, number(text)) if text is not None else None
        if spec is not None and self.allows(spec):
            self.history.append(self.current())
            self.before, self.spec = self.view, spec
            self._changed()

    def action_undo(self) -> None:
        """Take the last edit back."""
        if not self.history:
            return self.say("There is no edit to take back.")
        self.before, self.spec = None, self.undone(self.history.pop())
        self._changed()
        return None

    def undone(self, earlier: Spec) -> Spec:
        """The spec with the last edit taken back; `earlier` is the one before it."""
        return earlier

    def _changed(self) -> None:
        self.post_message(self.Changed(self))
        self.reload()


def _with_old_values(bands: Bands, before: Bands) -> Bands:
    """Put the earlier value of each number that changed into its block."""
    old = {
        Cell(block.name, r, c): value
        for band in before
        for block in band
        for r, row in enumerate(block.values)
        for c, value in enumerate(row)
    }
    return [[replace(block, old=_changes(block, old)) for block in band] for band in bands]


def _changes(block: Block, old: dict[Cell, float | None]) -> dict[tuple[int, int], float]:
    changes = {}
    for r, row in enumerate(block.values):
        for c, value in enumerate(row):
            earlier = old.get(Cell(block.name, r, c))
            if value is not None and earlier is not None and earlier != value:
                changes[r, c] = earlier
    return changes
