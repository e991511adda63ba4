"""What every screen of ours is: as large as the terminal is now, and deaf while it is not there."""

from typing import Any

from textual.geometry import Size
from textual.screen import Screen


class Steady:
    """For screens: they take their size from the terminal, not from a message of an earlier size that has come late.

    Textual lays a screen out at the size that the message says, and that sends the screen another message of that size:
    where two of different sizes are on their way at once, they chase each other for ever. No screen itself, so that
    Textual finds styles and parts of the screen beside it.
    """

    app: Any
    is_mounted: bool
    is_attached: bool

    def _screen_resized(self, size: Size) -> None:
        super()._screen_resized(self.app.size)  # type: ignore[misc]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys do nothing before all is there that they may need, nor once it is being taken away."""
        there = self.is_mounted and self.is_attached
        allowed: bool | None = super().check_action(action, parameters)  # type: ignore[misc]
        return allowed if there else False


class Ground(Steady, Screen[None]):
    """What lies below all other screens, with nothing on it."""
