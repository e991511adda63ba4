"""Where things are kept: the XDG directories on Linux, their counterparts elsewhere."""

import os
from collections.abc import Callable
from pathlib import Path

import platformdirs

RESTRICTED = "TUILAB_RESTRICTED"  # set in the environment of a restricted program and of all that it starts
_NAME = "tuilab"
_DATA_FOLDERS = "/usr/local/share:/usr/share"  # of the XDG base directory specification, where XDG_DATA_DIRS is not set
_LARGEST_LOG = 1 << 20
NOWHERE = Path(os.devnull)  # no folder can be made below it, not even by who may do everything


def data_folder() -> Path:
    """Where records are kept. It may not exist, and may not be writable; below NOWHERE where there is no home."""
    return _own(platformdirs.user_data_path)


def runs_folder() -> Path:
    """Where runs are kept, a folder each; as `data_folder`."""
    return data_folder() / "runs"


def exercises_folder() -> Path:
    """Where the learner's own files of exercises are, a folder for each lesson; as `data_folder`."""
    return data_folder() / "exercises"


def cache_folder() -> Path:
    """Where what can be made again is kept: compiled loops."""
    return _own(platformdirs.user_cache_path)


def log_folder() -> Path:
    """Where logs are kept; as `data_folder`."""
    return _own(platformdirs.user_log_path)


def lessons_folder() -> Path:
    """The folder of lessons: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "lessons"
    return installed if installed.is_dir() else package.parent / "lessons"


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


def where_is(log: str) -> str:
    """The path of a log as a learner reads it."""
    return told(log_folder() / log)


def told(path: Path) -> str:
    """A path as a learner reads it: from their home on, and whatever is no letter as a question mark."""
    home = os.path.expanduser("~")
    shown = f"~/{path.relative_to(home)}" if home != "/" and path.is_relative_to(home) else str(path)
    return "".join(character if character.isprintable() else "?" for character in shown)


def no_home(path: Path | None) -> str:
    """Why there is no such folder of the learner's own, where there is no home; else nothing."""
    return "there is no home folder; HOME is not set" if path is not None and path.is_relative_to(NOWHERE) else ""


def _own(find: Callable[[str], Path]) -> Path:
    """A folder of the learner's own. Without a home there is none; some platformdirs give one called `~` then."""
    try:
        path = find(_NAME)
    except RuntimeError:
        return NOWHERE / _NAME
    return path if path.is_absolute() else NOWHERE / _NAME


def log_file(name: str) -> Path | None:
    """The path of a log, its folder made; None where it cannot be written. A log that grew large starts anew."""
    path = log_folder() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.unlink()
        path.touch(mode=0o600)
    except OSError:
        return None
    return path
