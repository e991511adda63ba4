"""The program to compare with: a Textual app that redraws two plotext charts, whole, ten times a second.

It shows a loss and a gradient norm of the last 1,000 steps, of which fifty come with each redrawing. The figures
are made up: no training runs beside it.
"""

import math
import random

import plotext
from rich.text import Text
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

KEPT, NEW = 1000, 50


class Plot(Static):
    """One chart."""

    DEFAULT_CSS = "Plot { width: 1fr; height: 1fr; }"

    def draw(self, title: str, first: int, values: list[float]) -> None:
        """Draw the values."""
        plotext.clear_figure()
        plotext.plotsize(*self.size)
        plotext.title(title)
        plotext.plot(range(first, first + len(values)), values, marker="braille")
        self.update(Text.from_ansi(plotext.build()))


class Naive(App[None]):
    """Two charts side by side."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield Plot(id="loss")
            yield Plot(id="norm")

    def on_mount(self) -> None:
        self.random = random.Random(1)
        self.step = 0
        self.losses: list[float] = []
        self.norms: list[float] = []
        self.set_interval(0.1, self.redraw)

    def redraw(self) -> None:
        """Take in the newest steps, and draw."""
        for _ in range(NEW):
            self.step += 1
            self.losses.append(math.log10(0.5 / self.step + 1e-4) + self.random.gauss(0, 0.2))
            self.norms.append(math.log10(1.0 / self.step + 1e-2) + self.random.gauss(0, 0.3))
        del self.losses[:-KEPT], self.norms[:-KEPT]
        first = self.step - len(self.losses) + 1
        self.query_one("#loss", Plot).draw("loss", first, self.losses)
        self.query_one("#norm", Plot).draw("norm", first, self.norms)


if __name__ == "__main__":
    Naive().run()
