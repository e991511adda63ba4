"""Files that a command was told to write, and that are there already."""

import os

from tuilab.cli.errors import CommandError


def must_be_new(path: str, force: bool) -> None:
    """Raise CommandError where there is something at a path already, unless it may be replaced."""
    if not force and os.path.lexists(path) and not os.path.isdir(path):
        raise CommandError(f"{path} is there already; name another file, or add --force to replace it.")
