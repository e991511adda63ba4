"""Opens the program on the screen. What Textual reads from the environment is set before it is imported."""

import logging
import os
import sys
from typing import Any

from tuilab.records.folders import log_file
from tuilab.terminal.means import Means, find_means


def open_app(
    *,
    opening: Any = None,
    lesson: int | None = None,
    theme: str | None = None,
    mouse: bool = False,
    frugal: bool | None = None,
    ascii_only: bool | None = None,
    restricted: bool = False,
) -> int:
    """Open the app at home, at a lab (`opening` is its spec), or at a lesson by its number; the exit status.

    Restricted, it is the app without ways out.
    """
    means = find_means(os.environ, getattr(sys.__stderr__, "encoding", None), frugal, ascii_only)
    prepare_environment(os.environ, means)
    _log_to_a_file()
    app = _app(restricted)(opening, lesson, _theme(theme, means))
    app.use(means)
    app.run(mouse=mouse and not means.sparing)
    return app.return_code or 0


def _theme(chosen: str | None, means: Means) -> str | None:
    """Without colours it is `ansi` whatever was chosen: what it highlights can be reversed."""
    return means.theme if means.colours == "none" else chosen or means.theme


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
    logging.captureWarnings(True)
    logging.basicConfig(handlers=handlers, format="%(asctime)s %(name)s %(message)s")


def prepare_environment(environ: Any, means: Means) -> None:
    """No animations, and 256 colours at most, which every colour of the themes is one of."""
    environ["TEXTUAL_ANIMATIONS"] = "none"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ.setdefault("TEXTUAL_COLOR_SYSTEM", "256" if means.colours == "256" else "standard")
    environ.pop("NO_COLOR", None)  # Textual would send greys; our own output stage sends no colour at all
    if not means.kitty_keys:
        environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
