"""The curves of a run in characters."""

from typing import BinaryIO

from tuilab.exports.curves import figures
from tuilab.exports.run import Run
from tuilab.widgets.plot import Figure, draw

_WIDTH, _HEIGHT = 100, 18


def write(run: Run, file: BinaryIO) -> str:
    """Both curves, one below the other, in UTF-8."""
    parts = [run.name, *map(_drawn, figures(run))]
    file.write("\n\n".join(parts).encode() + b"\n")
    return "The curves"


def _drawn(figure: Figure) -> str:
    rows = ["".join(piece for piece, _ in row).rstrip() for row in draw(figure, _WIDTH, _HEIGHT)]
    return "\n".join([figure.title, *rows, figure.x_label.rjust(_WIDTH)])
