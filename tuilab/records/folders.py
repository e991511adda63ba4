"""Where things are kept: the XDG directories on Linux, their counterparts elsewhere."""

from pathlib import Path

import platformdirs

_NAME = "tuilab"
_LARGEST_LOG = 1 << 20


def data_folder() -> Path:
    """Where records are kept. It may not exist, and may not be writable."""
    return platformdirs.user_data_path(_NAME)


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
