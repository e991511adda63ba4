"""Sets aside what is damaged, so that nothing is lost and what follows begins in order."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

FOLDER = "damaged"
_ENDINGS = (".jsonl", ".json", ".safetensors", ".py")


def set_aside(path: Path, root: Path, name: str = "") -> Path:
    """Move a file or a folder into `root/damaged/`; the new place, which was free before. Raises OSError.

    `name` is what it is called there, where its own would not tell it from others. At every moment it stands whole in
    one of the two places. A link is moved as a link.
    """
    for place in _places(path.with_name(name) if name else path, root):
        with suppress(FileExistsError):
            _reserve(place, folder=path.is_dir() and not path.is_symlink())
            return _onto(place, path.rename)
    raise AssertionError


def keep_aside(path: Path, root: Path, folder: str = FOLDER) -> Path:
    """As `set_aside` for a file that also stays where it is, until the caller replaces it; in `root/folder/`."""
    for place in _places(path, root, folder):
        with suppress(FileExistsError):
            try:
                os.link(path, place)
            except FileExistsError:
                raise
            except OSError:  # another file system, or one without hard links
                _reserve(place, folder=False)
                return _onto(place, lambda to: _copy(path, to))
            return place
    raise AssertionError


def _places(path: Path, root: Path, name: str = FOLDER) -> Iterator[Path]:
    """Names to be tried one after another, in the folder for them: `progress-20260102-030405.jsonl`."""
    folder = root / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    end = path.suffix if path.suffix in _ENDINGS else ""
    stem = f"{path.name.removesuffix(end)}-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    for number in count(1):
        yield folder / f"{stem}{f'-{number}' if number > 1 else ''}{end}"


def _reserve(place: Path, folder: bool) -> None:
    """Take a name for ourselves: what is moved onto it then replaces nothing of anyone's. Raises FileExistsError."""
    if folder:
        place.mkdir(mode=0o700)
    else:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _copy(path: Path, to: Path) -> None:
    with path.open("rb") as source, to.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        os.fsync(copy.fileno())  # what it is a copy of will be replaced


def _onto(place: Path, put: Callable[[Path], object]) -> Path:
    """Put something onto a reserved name, or free the name again."""
    try:
        put(place)
    except OSError:
        with suppress(OSError):
            place.rmdir() if place.is_dir() else place.unlink()
        raise
    return place
