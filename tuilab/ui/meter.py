"""A small meter in the header: how often is drawn, how far away the terminal is, how much is sent."""

from collections.abc import Iterator
from typing import Any

from textual.binding import Binding
from textual.timer import Timer

from tuilab.ui.header import Header
from tuilab.ui.output import PacedApp
from tuilab.ui.pacer import Pacer

EVERY = 1.0  # seconds


class Meter:
    """What a pacer has counted, from one look at it to the next."""

    def __init__(self, pacer: Pacer, now: float) -> None:
        self._pacer = pacer
        self._last = (now, pacer.frames, pacer.bytes)

    def text(self, now: float) -> str:
        """`12 f/s  35 ms  1.6 KB/s`, since the last look; the milliseconds are the newest query's there and back."""
        then, frames, sent = self._last
        self._last = (now, self._pacer.frames, self._pacer.bytes)
        seconds = max(now - then, 1e-3)
        away = "no answer" if self._pacer.mute or self._pacer.round_trip is None else f"{self._away:.0f} ms"
        return (
            f"{(self._pacer.frames - frames) / seconds:.0f} f/s  {away}  "
            f"{(self._pacer.bytes - sent) / seconds / 1000:.1f} KB/s"
        )

    @property
    def _away(self) -> float:
        return 1000 * (self._pacer.round_trip or 0.0)


class MeteredApp(PacedApp):
    """A paced app with a meter, off until it is asked for."""

    BINDINGS = [
        Binding(
            "ctrl+t", "meter", "Meter", show=False,
            tooltip="Show frames a second, time to the terminal, bytes a second",
        )
    ]  # fmt: skip
    _meter: Meter | None = None
    _meter_timer: Timer | None = None

    def action_meter(self) -> None:
        """Switch the meter on or off."""
        if self._meter_timer is not None:
            self._meter_timer.stop()
            self._meter = self._meter_timer = None
            for header in self._headers():
                header.meter = ""
            return
        self._meter = Meter(self.pacer, self.clock())
        self._meter_timer = self.set_interval(EVERY, self._show_meter)
        for header in self._headers():
            header.meter = "measuring"

    def _show_meter(self) -> None:
        if self._meter is not None:
            text = self._meter.text(self.clock())
            for header in self._headers():
                header.meter = text

    def _headers(self) -> Iterator[Any]:
        for screen in self.screen_stack:
            if screen.is_mounted:
                yield from screen.query(Header)
