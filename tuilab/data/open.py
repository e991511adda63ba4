"""Opens a series by its name: the one that tuilab brings, or a learner's own file."""

from functools import lru_cache
from pathlib import Path

from tuilab.data.errors import DataError
from tuilab.data.read import read_series
from tuilab.data.series import Series
from tuilab.records.folders import is_within_reach, lessons_folder, path_of

OWN = {"milk": Path("07-milk", "milk.csv")}  # within the lessons


def open_series(name: str, column: str = "") -> Series:
    """The series of that name, or of a file, read anew where it has changed. Raises DataError with a sentence."""
    path = lessons_folder() / OWN[name] if name in OWN else path_of(name)
    if name not in OWN and not is_within_reach(
        path
    ):  # first: of what is out of reach not even that it is there is told
        raise DataError(f"{name} is outside of your own folder, and cannot be read in restricted mode.")
    try:
        if path.is_dir():
            raise DataError(f"{name} is a folder; name a CSV file in it.")
        if not path.exists():
            raise DataError(f"There is no file {name}; name a CSV file, or {', '.join(OWN)}.")
        if not path.is_file():
            raise DataError(f"{name} is no file that can be read to its end; name a CSV file.")
        about = path.stat()
        if not about.st_size:
            raise DataError(f"{name} is empty; it needs a row for each value.")
        return _read(path, column, about.st_size, about.st_mtime_ns)
    except (OSError, ValueError) as error:
        if isinstance(error, DataError):
            raise
        reason = getattr(error, "strerror", None) or "that is no name of a file"
        raise DataError(f"{name} cannot be read: {reason}.") from None


@lru_cache(maxsize=4)
def _read(path: Path, column: str, _size: int, _mtime: int) -> Series:
    return read_series(path, column)
