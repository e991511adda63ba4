"""How long `tuilab` takes to its first readable screen, against a bare Textual app with one label.

Counted from the start of the process until LESSONS (or the label) stands on the terminal, 80x24; both in turns,
the first pair left out because it compiles and fills the cache of files. Median of each.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.bench.report import Row, show
from tests.support.terminal import program

MOST = 1.5
BARE = """\
from textual.app import App
from textual.widgets import Label


class Bare(App):
    def compose(self):
        yield Label("BARE LABEL")


Bare().run()
"""


def measure(pairs: int = 20) -> list[Row]:
    """Start both in turns."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder, "bare.py")
        bare.write_text(BARE)
        laps = [(_lap("LESSONS", "-m", "tuilab"), _lap("BARE LABEL", str(bare))) for _ in range(pairs + 1)]
    ours, bares = (median(turn) for turn in zip(*laps[1:], strict=True))
    ratio = ours / bares
    compared = f"{bares * 1000:.0f} ms, bare Textual app"
    asked = f"at most {MOST} times"
    return [Row("first screen", f"{ours * 1000:.0f} ms", compared, ratio, asked, ratio <= MOST)]


def _lap(text: str, *command: str) -> float:
    with program(command, 80, 24) as terminal:
        return terminal.until(text) - terminal.started


if __name__ == "__main__":
    sys.exit(show(measure()))
