"""Opens vectors by a name: those of a kept run, those that were converted once, or a file."""

import hashlib
import os
import re
import shlex
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tuilab.records.about import about_run
from tuilab.records.folders import data_folder, is_within_reach, path_of, runs_folder, shared_folders
from tuilab.records.shelf import folders
from tuilab.records.state import saved_step
from tuilab.vectors.convert import Report, Told, convert
from tuilab.vectors.detect import beginning_of, is_pickle, source_of
from tuilab.vectors.errors import VectorError
from tuilab.vectors.gensims import REFUSAL, GensimVectors
from tuilab.vectors.layout import is_safetensors, read_header
from tuilab.vectors.store import Vectors, is_converted, open_converted, open_state

LAB = "words"  # whose runs have vectors
CORPORA = ("language", "pydoc", "text8")  # the newest run on one of these can be named by it
AT_ONCE = 64 << 20  # bytes of a file that is converted while somebody waits: a few seconds
_RUN = re.compile(r"\d{8}-\d{6}\.\d{6}-\w+")
_SUFFIX = ".safetensors"
APART = "-vectors"  # what is added to the name of a file that would be a run's


def open_vectors(name: str) -> Vectors:
    """Open `last` (the newest run of the words lab), a run by its name, vectors that were converted, or a file.

    A file is converted the first time; a large one only by `tuilab convert`, which says how far it is. Raises
    VectorError.
    """
    try:
        if is_of_runs(name):
            return _opened(*_identity(_state(name)))
        path = _stored(name) or _file(name)
        return _opened(*_identity(path))
    except OSError as error:
        raise VectorError(f"{name} cannot be opened: {error.strerror or error}.") from None


def is_of_runs(name: str) -> bool:
    """Whether a run is opened by a name, so that no file can be."""
    return name in ("last", *CORPORA) or _RUN.fullmatch(name) is not None


def name_for(stem: str) -> str:
    """What a file's vectors are called: as the file, or with something added where that would be a run."""
    return stem + APART if is_of_runs(stem) else stem


def convert_file(
    path: Path, to: Path | None = None, trusted: bool = False, told: Told = lambda done, size: None, mode: int = 0o600
) -> Report:
    """Convert a file, to where `open_vectors` looks for it where no other place is named.

    One of gensim's only where it is `trusted`. Raises VectorError, OSError.
    """
    key = _key(path)
    if not is_pickle(beginning_of(path)):
        source = source_of(path)
    elif trusted:
        source = GensimVectors(path)
    else:
        raise VectorError(f"{path.name} {REFUSAL.format(path=shlex.quote(str(path)))}")
    return convert(source, to or own_place(path, key), told, key, mode)


def stored() -> Iterator[tuple[str, Path]]:
    """The names and files of all that was converted; of a name that stands in two folders the first is opened.

    One that was put there under a run's name is opened by its path alone.
    """
    for folder in _stores():
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            name = path.name.removesuffix(_SUFFIX)
            yield str(path) if is_of_runs(name) else name, path


def kept_runs() -> Iterator[tuple[str, Path]]:
    """The names of the runs of the words lab that have learned something, and their states; the newest first."""
    for folder in folders(runs_folder()):
        if folder.name.endswith(f"-{LAB}") and saved_step(folder):
            yield folder.name, folder / "state.safetensors"


def own_place(path: Path, key: str = "") -> Path:
    """Where a file is converted to: under its name, or where another file of that name is, under one of its own."""
    key = key or _key(path)
    name = name_for(path.stem)
    place = data_folder() / "vectors" / f"{name}{_SUFFIX}"
    if place.exists() and _source(place).split("-")[0] != key.split("-")[0]:
        place = place.with_name(f"{name}-{key[:8]}{_SUFFIX}")
    return place


def _stores() -> list[Path]:
    return [folder / "vectors" for folder in (*shared_folders(), data_folder())]


def _stored(name: str) -> Path | None:
    """What was converted under a name."""
    if not name or "/" in name or name.startswith("."):
        return None
    places = (folder / f"{name}{_SUFFIX}" for folder in _stores())
    return next((place for place in places if place.is_file() and is_within_reach(place)), None)


def _file(name: str) -> Path:
    """A file that can be opened, converted where it has to be."""
    path = path_of(name)
    reached = is_within_reach(path)  # first: of what is out of reach not even that it is there is told
    if "/" not in name and not (name and reached and path.exists()):
        raise VectorError(
            f"There are no vectors {name!r}: write last, the name of a run, a file, or a name from tuilab vectors."
        )
    if not reached:
        raise VectorError(f"{name} is outside of your own folder, and cannot be opened in restricted mode.")
    beginning = beginning_of(path)
    if is_safetensors(beginning):
        return path
    key = _key(path)
    for folder in _stores():
        for place in sorted(folder.glob(f"{_escaped(path.stem)}*{_SUFFIX}")):
            if _source(place) == key:
                return place
    size = path.stat().st_size
    if size > AT_ONCE and not is_pickle(beginning):
        source_of(path)  # first say what is wrong with it
        raise VectorError(
            f"{path.name} has {size / 1e9:.1f} GB and has to be converted once, which takes a while: "
            f"tuilab convert {shlex.quote(str(path))}"
        )
    return convert_file(path).path


def _state(name: str) -> Path:
    """The state of a kept run of the words lab; a run by its name may be of any lab that keeps vectors."""
    if _RUN.fullmatch(name):
        if not saved_step(runs_folder() / name):
            raise VectorError(f"The run {name} is no longer kept, or has learned nothing yet.")
        return runs_folder() / name / "state.safetensors"
    for _, state in kept_runs():
        if name == "last" or _corpus(state.parent) == name:
            return state
    on = f" on {name}" if name in CORPORA else ""
    raise VectorError(
        f"No run of the words lab{on} is kept yet: train one first in the words lab, or with tuilab run words --keep, "
        "or name a file of vectors."
    )


def _corpus(folder: Path) -> str:
    """What a run of the words lab was trained on; one that does not say is on the lab's default, the first."""
    about = about_run(folder)
    settings = dict(word.partition("=")[::2] for word in shlex.split(about.spelling)) if about is not None else {}
    return settings.get("corpus", CORPORA[0])


def _identity(path: Path) -> tuple[Path, int, int]:
    about = path.stat()
    return path, about.st_size, about.st_mtime_ns


@lru_cache(maxsize=2)
def _opened(path: Path, _size: int, _mtime: int) -> Vectors:
    """Open a safetensors file, or have it open still."""
    return open_converted(path) if is_converted(read_header(path)) else open_state(path)


def _source(path: Path) -> str:
    """The key of the file that a converted one was made of; empty where it cannot be read."""
    try:
        return read_header(path).metadata.get("source", "")
    except (OSError, VectorError):
        return ""


def _key(path: Path) -> str:
    """A file by its place, its size and when it was changed."""
    if not path.is_file():
        beginning_of(path)
    about = path.stat()
    place = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]
    return f"{place}-{about.st_size}-{about.st_mtime_ns}"


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
