"""Where things are kept: the XDG directories on Linux, their counterparts elsewhere."""

import os
from pathlib import Path

import platformdirs

_NAME = "tuilab"
_LARGEST_LOG = 1 << 20


def data_folder() -> Path:
    """Where records are kept. It may not exist, and may not be writable."""
    return platformdirs.user_data_path(_NAME)


def runs_folder() -> Path:
    """Where runs are kept, a folder each; as `data_folder`."""
    return data_folder() / "runs"


def where_is(log: str) -> str:
    """The path of a log as a learner reads it."""
    path = platformdirs.user_log_path(_NAME) / log
    home = os.path.expanduser("~")
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def log_file(name: str) -> Path | None:
    """The path of a log, its folder made; None where it cannot be written. A log that grew large starts anew."""
    path = platformdirs.user_log_path(_NAME) / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.unlink()
        path.touch(mode=0o600)
    except OSError:
        return None
    return path
