"""Labs in which a number can be tried first: it is hidden until one is typed, and a well-known slip is named."""

from dataclasses import replace

from textual.binding import Binding

from tuilab.labs.edits import number
from tuilab.labs.gridpanel import Bands, GridPanel
from tuilab.labs.slips import Place, beside, slips
from tuilab.widgets.blocks import Block, Cell
from tuilab.widgets.entry import EntryScreen


class TryScreen(EntryScreen):
    """Asks below the numbers, which are needed to work it out."""

    CSS = EntryScreen.CSS + "TryScreen { align: center bottom; }"


class TryPanel(GridPanel):
    """A grid whose computed numbers have a place in the lab's answer."""

    BINDINGS = [Binding("t", "try", "Try", tooltip="Try first: hide this number, and type what it will be")]

    hidden: Cell | None = None

    def place_in_answer(self, cell: Cell) -> Place | None:
        """Where a number stands in the lab's answer; None for one that is not worked out by hand."""
        raise NotImplementedError

    def shown(self, bands: Bands) -> Bands:
        """Leave the number out that is being tried."""
        if self.hidden is None:
            return bands
        return [[_without(block, self.hidden) for block in band] for band in bands]

    def missing(self, cell: Cell) -> str:
        """Say what to do while a number is hidden."""
        return f"Work out {self.name_of(cell)}." if cell == self.hidden else super().missing(cell)

    async def action_try(self) -> None:
        """Hide the number under the cursor, the one that the keys before have led to, and ask for it."""
        if self.view is not None:
            await self._rest()
        cell = self.grid.cursor
        if cell is None or self.view is None:
            return
        right = self.value_at(cell)
        if right is None:
            return self._refuse(self.missing(cell))
        place = self.place_in_answer(cell)
        if place is None:
            return self._refuse(f"{self.name_of(cell)} cannot be tried; t is for computed numbers.")
        found = slips(self.spec, self.view, place)
        self._hide(cell)

        def take(typed: str | None) -> None:
            self._hide(None)
            if typed is not None:
                self.say(beside(found, self.name_of(cell), typed, right))

        self.app.push_screen(TryScreen(f"{self.name_of(cell)} is hidden. What is it?", "", number), take)
        return None

    def _hide(self, cell: Cell | None) -> None:
        self.hidden = cell
        self.update_blocks()


def _without(block: Block, cell: Cell) -> Block:
    if block.name != cell.block:
        return block
    rows = [
        [None if (r, c) == cell[1:] else value for c, value in enumerate(row)] for r, row in enumerate(block.values)
    ]
    return replace(block, values=rows)
