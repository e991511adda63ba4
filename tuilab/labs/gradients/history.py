"""What a training has shown of its gradients: rows for the heatmap, and stretches from switch to switch."""

import math
from collections import deque
from collections.abc import Sequence

import msgspec

from tuilab.labs.gradients.spec import RECENT, ROWS, Broken, Row, Stretch

Norms = list[float | None]
Recent = tuple[float, float, float, list[float]]  # loss, gradient norm before and after clipping, by place


class Kept(msgspec.Struct):
    """What is kept of a history beside a run."""

    rows: list[Row]
    every: int
    newest: Row | None
    stretches: list[Stretch]
    begun: int
    switched: str
    recent: list[Recent]
    ended: list[Recent] = []
    broken: Broken | None = None


class History:
    """Rows lie evenly: when there are too many, every second one goes and the distance doubles."""

    def __init__(self) -> None:
        self.kept = list[Row]()
        self.every = 1
        self.newest: Row | None = None
        self.closed = list[Stretch]()
        self.begun, self.switched = 0, ""
        self.recent: deque[Recent] = deque(maxlen=RECENT)
        self.ended = list[Recent]()  # those of the stretch before
        self.broken: Broken | None = None  # where a number is not finite now

    def note(self, step: int, loss: float, norm: float, applied: float, profile: list[float]) -> None:
        """Take what a step measured."""
        self.broken = None
        self.recent.append((loss, norm, applied, profile))
        self._show(Row(step, list(profile)))

    def note_broken(self, broken: Broken, profile: Sequence[float]) -> None:
        """Take a step that could not be taken."""
        self.broken = broken
        self._show(Row(broken.step, [value if math.isfinite(value) else None for value in profile]))

    def _show(self, row: Row) -> None:
        self.newest = row
        self.kept = self.kept[:-1] if self.kept and self.kept[-1].step == row.step else self.kept  # one that broke
        if (row.step - 1) % self.every == 0:
            self.kept.append(row)
            if len(self.kept) >= ROWS:
                self.every *= 2
                self.kept = [each for each in self.kept if (each.step - 1) % self.every == 0]

    def switch(self, step: int, switched: str) -> None:
        """A stretch ends, and the next one begins, with all that is `switched` there; with nothing, none has ended."""
        if step > self.begun:
            self.closed.append(self._stretch())
            self.ended = list(self.recent)
            self.recent.clear()
        elif not switched:
            self._reopen()
            self.recent.extend(self.ended)
            return
        self.begun, self.switched = step, switched

    def _reopen(self) -> None:
        last = self.closed.pop()
        self.begun, self.switched = last.begun, last.switched

    def rows(self) -> list[Row]:
        """The rows, the newest last."""
        newest = self.newest
        behind = newest is not None and (not self.kept or self.kept[-1].step != newest.step)
        return [*self.kept, newest] if behind and newest is not None else list(self.kept)

    def stretches(self) -> list[Stretch]:
        """All of them, the one that goes on last."""
        return [*self.closed, self._stretch()]

    def cut(self, step: int) -> None:
        """Be where it was after `step` steps; the steps right before are to be told again."""
        self.kept = [row for row in self.kept if row.step <= step]
        self.newest = self.kept[-1] if self.kept else None
        while self.closed and self.begun >= step:
            self._reopen()
        self.recent.clear()
        self.broken = None

    def encoded(self) -> bytes:
        """All of it, to be kept."""
        stretch = self.closed, self.begun, self.switched, list(self.recent), self.ended
        return msgspec.json.encode(Kept(self.kept, self.every, self.newest, *stretch, self.broken))

    def take_back(self, encoded: bytes) -> None:
        """What was kept. Raises ValueError where it cannot be read."""
        kept = msgspec.json.decode(encoded, type=Kept)
        self.kept, self.every, self.newest = kept.rows, kept.every, kept.newest
        self.closed, self.begun, self.switched = kept.stretches, kept.begun, kept.switched
        self.recent, self.ended, self.broken = deque(kept.recent, maxlen=RECENT), kept.ended, kept.broken

    def _stretch(self) -> Stretch:
        if not self.recent:
            return Stretch(self.begun, self.switched, 0, None, None, None, [], None)
        loss, norm, applied = (_mean(values) for values in zip(*(each[:3] for each in self.recent), strict=True))
        norms = [_geometric(values) for values in zip(*(each[3] for each in self.recent), strict=True)]
        ratio = norms[0] / norms[-1] if norms[-1] else None
        return Stretch(
            self.begun, self.switched, len(self.recent), loss, norm, applied, list[float | None](norms), _finite(ratio)
        )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _geometric(values: Sequence[float]) -> float:
    """The geometric mean; nought where one of them is."""
    return math.exp(sum(map(math.log, values)) / len(values)) if all(values) else 0.0


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
