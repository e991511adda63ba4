"""Opens the program on the screen. What Textual reads from the environment is set before it is imported."""

import logging
import os
from typing import Any

from tuilab.records.folders import log_file


def open_app(
    opening: Any = None,
    lesson: int | None = None,
    theme: str | None = None,
    mouse: bool = False,
    restricted: bool = False,
) -> int:
    """Open the app at home, at a lab (`opening` is its spec), or at a lesson by its number; the exit status.

    Restricted, it is the app without ways out.
    """
    prepare_environment(os.environ)
    _log_to_a_file()
    app = _app(restricted)(opening, lesson, theme or default_theme(os.environ))
    app.run(mouse=mouse)
    return app.return_code or 0


def _app(restricted: bool) -> Any:
    """The class of the app."""
    if restricted:
        from tuilab.ui.restricted import RestrictedApp

        return RestrictedApp
    from tuilab.ui.app import TuilabApp

    return TuilabApp


def _log_to_a_file() -> None:
    """What would be logged on the standard error would stand on the screen."""
    path = log_file("screen.log")
    handlers = [logging.FileHandler(path, delay=True)] if path else [logging.NullHandler()]
    logging.basicConfig(handlers=handlers, format="%(asctime)s %(name)s %(message)s")


def prepare_environment(environ: Any) -> None:
    """No animations, few frames, and 256 colours, which every colour of the themes is one of."""
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ.setdefault("TEXTUAL_FPS", "30")
    if not sixteen_colours(environ):
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256")
    if environ.get("TMUX") or environ.get("STY"):
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # half there in multiplexers


def sixteen_colours(environ: Any) -> bool:
    """Whether the terminal says that it knows no more than 16 colours."""
    rich = ("256", "direct", "kitty", "alacritty", "ghostty", "foot", "wezterm")
    return not environ.get("COLORTERM") and not any(name in environ.get("TERM", "") for name in rich)


def default_theme(environ: Any) -> str | None:
    """The terminal's own colours where it knows few or none are wanted; otherwise what the learner chose, or dark."""
    return "ansi" if sixteen_colours(environ) or environ.get("NO_COLOR") else None
