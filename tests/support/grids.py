"""Number grids, walked through with the arrows."""

from tuilab.widgets.blocks import Cell
from tuilab.widgets.grid import NumberGrid

_ARROWS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def reached(grid: NumberGrid) -> set[Cell]:
    """Every number that the arrows lead to from the one under the cursor."""
    found, frontier = {grid.cursor}, [grid.cursor]
    while frontier:
        cell = frontier.pop()
        for direction in _ARROWS:
            grid.cursor = cell
            grid.action_move(*direction)
            if grid.cursor not in found:
                found.add(grid.cursor)
                frontier.append(grid.cursor)
    return found


def shown(grid: NumberGrid) -> set[Cell]:
    """Every number of the grid."""
    return {piece.cell for row in grid.canvas for piece in row if piece.cell}
