"""Converts files of word vectors, saves them for other programs, and lists what can be opened."""

import json
import shlex
import sys
import time
from pathlib import Path

from tuilab.cli.errors import CommandError
from tuilab.cli.shared import shared_folder
from tuilab.cli.wrapping import wrapped
from tuilab.labs.neighbours.spec import Neighbours
from tuilab.labs.spelling import spell
from tuilab.records.folders import path_of
from tuilab.vectors.convert import Report
from tuilab.vectors.convert import convert as convert_source
from tuilab.vectors.detect import beginning_of
from tuilab.vectors.errors import VectorError
from tuilab.vectors.layout import is_safetensors, read_header
from tuilab.vectors.open import APART, convert_file, is_of_runs, kept_runs, name_for, open_vectors, stored
from tuilab.vectors.save import save
from tuilab.vectors.store import OpenVectors


def convert(file: str, to: str | None, form: str | None, shared: bool, trusted: bool) -> int:
    """Convert a file, or what has a name, to tuilab's own form, or to another."""
    if form and not to:
        raise CommandError(f"--as {form} needs the file that is to be written: --to OUT.")
    if shared and (to or form):
        raise CommandError("--shared says where to; it does not go with --to or --as.")
    begun = time.monotonic()
    try:
        if form and to:
            vectors = open_vectors(file)
            save(Path(to), vectors, form)
            print(f"Saved {len(vectors):,} words of {vectors.dimensions:,} numbers in {to}.")
            return 0
        report = _converted(file, Path(to) if to else None, shared, trusted)
    except VectorError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise CommandError(f"{file} cannot be converted: {where}{error.strerror or error}.") from None
    took = time.monotonic() - begun
    opened = to or report.path.name.removesuffix(".safetensors")
    said = f"{report.words:,} words of {report.dimensions:,} numbers, in {took:.1f} s: {report.path}"
    print(wrapped(said, sys.stdout))
    if report.remark:
        print(wrapped(report.remark, sys.stdout))
    name, added, _ = opened.partition(APART)
    if added and is_of_runs(name):
        print(wrapped(f"{name} opens what was trained, so they are called {opened}.", sys.stdout))
    print(wrapped(f"To look into it: {_look_into(opened)}", sys.stdout))
    return 0


def list_vectors(as_json: bool) -> int:
    """Print the runs and files that have vectors, a line each: what they are called, and how many there are."""
    found = [("run", name, path) for name, path in kept_runs()] + [("file", name, path) for name, path in stored()]
    rows = []
    for kind, name, path in found:
        try:
            words, dimensions = read_header(path).parts["parameter.vectors" if kind == "run" else "unit"].shape
        except (VectorError, OSError, KeyError, ValueError):  # whatever else lies there
            continue
        rows.append({"name": name, "kind": kind, "words": words, "dimensions": dimensions, "path": str(path)})
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return 0
    width = max((len(str(row["name"])) for row in rows), default=0)
    for row in rows:
        print(f"{row['name']:<{width}}  {row['kind']:<4}  {row['words']:>9,} words of {row['dimensions']:>5,}")
    if not rows:
        print("There are none: train some in the words lab, or convert a file with tuilab convert FILE.")
    return 0


def _converted(file: str, to: Path | None, shared: bool, trusted: bool) -> Report:
    progress = _Progress(file)
    try:
        path, mode = path_of(file), 0o644 if shared else 0o600
        if path.exists() and not is_safetensors(beginning_of(path)):
            return convert_file(path, _shared_place(path.stem) if shared else to, trusted, progress, mode)
        vectors = open_vectors(file)  # a run, a name, or one of tuilab's own files
        if to is None and not shared:
            raise CommandError(f"{file} opens at once as it is: {_look_into(file)}. --to OUT keeps a copy.")
        return convert_source(OpenVectors(vectors), to or _shared_place(vectors.name), progress, mode=mode)
    finally:
        progress.clear()


def _shared_place(name: str) -> Path:
    """Where all learners of the machine find it, in a folder that is there."""
    folder = shared_folder("vectors")
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name_for(name)}.safetensors"


def _look_into(name: str) -> str:
    return f"tuilab open {shlex.quote(spell(Neighbours(vectors=name)))}"


class _Progress:
    """Says on standard error how far it is: on one line of a terminal, else a line for each tenth."""

    def __init__(self, name: str) -> None:
        self.name, self.begun = name, time.monotonic()
        self.redraws = sys.stderr is not None and sys.stderr.isatty()
        self.told = -1

    def __call__(self, done: int, size: int) -> None:
        percent = 100 * done // max(1, size)
        seconds = time.monotonic() - self.begun
        if sys.stderr is None or percent // (1 if self.redraws else 10) == self.told or seconds < 1:
            return
        self.told = percent // (1 if self.redraws else 10)
        left = f", {seconds * (size - done) / done:.0f} s left" if done else ""
        line = f"converting {self.name}: {percent} %{left}"
        before, after = ("\r\x1b[K", "") if self.redraws else ("", "\n")
        print(f"{before}{line}", end=after, file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self.redraws and self.told >= 0:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
