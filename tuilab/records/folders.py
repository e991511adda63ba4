"""Where things are kept: the XDG directories on Linux, their counterparts elsewhere."""

import os
from pathlib import Path

import platformdirs

RESTRICTED = "TUILAB_RESTRICTED"  # set in the environment of a restricted program and of all that it starts
_NAME = "tuilab"
_DATA_FOLDERS = "/usr/local/share:/usr/share"  # of the XDG base directory specification, where XDG_DATA_DIRS is not set
_LARGEST_LOG = 1 << 20


def data_folder() -> Path:
    """Where records are kept. It may not exist, and may not be writable."""
    return platformdirs.user_data_path(_NAME)


def runs_folder() -> Path:
    """Where runs are kept, a folder each; as `data_folder`."""
    return data_folder() / "runs"


def cache_folder() -> Path:
    """Where what can be made again is kept: compiled loops."""
    return platformdirs.user_cache_path(_NAME)


def shared_folders() -> list[Path]:
    """The folders that all learners of this machine read and none writes to; they need not exist.

    That is TUILAB_DATA alone where it is set, else tuilab/ in each of XDG_DATA_DIRS, the first before the next.
    """
    if chosen := os.environ.get("TUILAB_DATA"):
        return [Path(chosen)]
    places = os.environ.get("XDG_DATA_DIRS") or _DATA_FOLDERS
    return [Path(place) / _NAME for place in places.split(os.pathsep) if os.path.isabs(place)]


def is_restricted() -> bool:
    """Whether this is a learner who has this program and nothing else: see SECURITY.md."""
    return os.environ.get(RESTRICTED, "0") not in ("", "0")


def path_of(typed: str) -> Path:
    """A path as a learner types it: `~` is their home, `~ada` Ada's where there is such an account.

    In restricted mode nothing is told of accounts: `~ada` is a place out of reach, whether there is one or not.
    """
    if is_restricted() and typed.startswith("~") and typed[1:2] not in ("", "/"):
        return Path.home().parent / typed
    return Path(os.path.expanduser(typed))


def is_within_reach(path: Path) -> bool:
    """Whether a learner may read what is there: in restricted mode only their own home and the shared folders.

    Links are followed first, `..` too.
    """
    if not is_restricted():
        return True
    try:
        real, own = path.resolve(), [Path.home(), *shared_folders()]
        return any(real.is_relative_to(folder.resolve()) for folder in own)
    except (OSError, ValueError, RuntimeError):  # links in a circle, a name that no file can have
        return False


def where_is(path: Path) -> str:
    """A path as a learner reads it: on one line, what no terminal can show written out."""
    home = os.path.expanduser("~")
    path = Path("~", path.relative_to(home)) if path.is_relative_to(home) else path
    return "".join(each if each.isprintable() else _written_out(each) for each in str(path))


def where_is_log(name: str) -> str:
    """The path of a log as a learner reads it."""
    return where_is(platformdirs.user_log_path(_NAME) / name)


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


def _written_out(character: str) -> str:
    """A character that cannot be shown: a line break as \\n, a byte that is none in UTF-8 as \\xff."""
    byte = ord(character) - 0xDC00  # as Python keeps it
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else character.encode("unicode_escape").decode()
