"""Lists, shows, names, exports and prunes the runs of a learner."""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tuilab.cli.errors import CommandError, read_spec
from tuilab.cli.replacing import must_be_new
from tuilab.cli.wrapping import wrapped
from tuilab.labs import catalogue
from tuilab.records.damage import FOLDER
from tuilab.records.desk import annotate, delete, find, rename
from tuilab.records.folders import data_folder, no_home, runs_folder, told
from tuilab.records.shelf import Row, clear_damaged, make_room, row, rows, size_of
from tuilab.records.snapshots import clear_moments, sound_steps
from tuilab.records.state import RunError
from tuilab.records.telling import room_of

_MB = 1e6


def list_runs(as_json: bool) -> int:
    """Print each run, and the room that all take."""
    if reason := no_home(data_folder()):
        raise CommandError(f"Nothing can be kept: {reason}.")
    if data_folder().exists() and not data_folder().is_dir():
        raise CommandError(f"{told(data_folder())} is no folder, so nothing can be kept; move it away.")
    _tell_damaged(clear_damaged(runs_folder()))
    found, sizes = list(rows(runs_folder())), _sizes()
    if as_json:
        print(json.dumps({"runs": [_as_json(each) for each in found], "bytes": sizes}, ensure_ascii=False))
        return 0
    for each in found:
        print(wrapped(_line(each), sys.stdout, hanging=4))
        print(wrapped(f"    {each.about.spelling}", sys.stdout, hanging=4))
    if not found:
        print("No run is kept yet: train one in a lab, or with tuilab run 'forecast' --keep.")
    aside = f", {room_of(sizes['damaged'])} of it damaged and set aside" if sizes["damaged"] else ""
    runs = f"{len(found):,} {'run' if len(found) == 1 else 'runs'}, {room_of(sizes['runs'])}"
    print(
        wrapped(f"{runs}; everything kept of you: {room_of(sizes['all'])}{aside}, in {told(data_folder())}", sys.stdout)
    )
    return 0


def show_run(given: str, as_json: bool) -> int:
    """Print everything about a run."""
    with _sentences():
        found = _row(find(runs_folder(), given))
    _tell_damaged(clear_moments(found.folder))
    moments, size = sound_steps(found.folder), size_of(found.folder)
    if as_json:
        print(json.dumps(_as_json(found) | {"moments": moments, "bytes": size}, ensure_ascii=False))
        return 0
    loss = "none yet" if found.loss is None else f"{found.loss:.6g}"
    told_of = {
        "run": found.name,
        "name": found.label.title,
        "spelling": found.about.spelling,
        "began": found.about.began,
        "trained": f"{found.step:,} steps{f', {found.seconds:.1f} s' if found.seconds is not None else ''}",
        "loss": loss,
        "state": f"{found.fate}{f': {found.about.sentence}' if found.about.sentence else ''}",
        "moments": ", ".join(f"{step:,}" for step in moments),
        "notes": found.label.notes,
        "room": f"{room_of(size)}, in {told(found.folder)}",
    }
    for name, value in told_of.items():
        if value:
            first, *others = value.splitlines()
            print(wrapped(f"{name:<9} {first}", sys.stdout, hanging=10))
            for line in others:
                print(wrapped(f"{'':<9} {line}", sys.stdout, hanging=10))
    return 0


def export_run(given: str, form: str, to: str, force: bool = False) -> int:
    """Write a run to a file of the learner's choice; as a program also what a spelling trains."""
    from tuilab.exports import FORMS, ExportError, write, write_program

    if form not in FORMS:
        raise CommandError(f"--as {form} is not allowed: a run is written as one of {', '.join(FORMS)}.")
    try:
        if given.partition(" ")[0] in catalogue.NAMES and form != "program":
            raise CommandError(f"A spelling is exported --as program alone; --as {form} takes a run, as last.")
        must_be_new(to, force)
        if given.partition(" ")[0] in catalogue.NAMES:
            print(wrapped(write_program(read_spec(given), Path(to)), sys.stdout))
            return 0
        with _sentences():
            folder = find(runs_folder(), given)
        print(wrapped(write(folder, form, Path(to)), sys.stdout))
    except ExportError as error:
        raise CommandError(str(error)) from None
    return 0


def name_run(given: str, title: str) -> int:
    """Give a run a name, or take it away."""
    with _sentences():
        folder = find(runs_folder(), given)
        rename(folder, title)
    print(
        wrapped(f"{folder.name} is called {title!r} now." if title else f"{folder.name} has no name now.", sys.stdout)
    )
    return 0


def note_run(given: str, text: str) -> int:
    """Note something of a run, or take the notes away."""
    with _sentences():
        folder = find(runs_folder(), given)
        annotate(folder, text)
    print(wrapped(f"{folder.name} has {'these' if text else 'no'} notes now.", sys.stdout))
    return 0


def delete_run(given: str) -> int:
    """Delete a run."""
    with _sentences():
        folder = find(runs_folder(), given)
        size = size_of(folder)
        delete(folder)
    print(wrapped(f"{folder.name} is deleted, {room_of(size)}.", sys.stdout))
    return 0


def prune(keep: int | None, size: int | None, damaged: bool, as_json: bool) -> int:
    """Delete the oldest runs, and say which; without a number those that a new run would take the place of."""
    before = _sizes()
    gone = make_room(runs_folder(), keep, size if size is None else int(size * _MB))
    if damaged:
        shutil.rmtree(data_folder() / FOLDER, ignore_errors=True)
    after = _sizes()
    if as_json:
        print(json.dumps({"deleted": gone, "bytes": after}))
        return 0
    for name in gone:
        print(name)
    freed = room_of(before["all"] - after["all"])
    print(wrapped(f"{len(gone):,} {'run' if len(gone) == 1 else 'runs'} deleted, {freed}.", sys.stdout))
    return 0


def _tell_damaged(gone: list[Path]) -> None:
    for place in gone:
        print(wrapped(f"What could not be read of a run was set aside: {told(place)}", sys.stderr), file=sys.stderr)


def _row(folder: Path) -> Row:
    found = row(folder)
    if found is None:
        raise RunError(f"{folder.name} cannot be read, or is of a newer tuilab.")
    return found


def _line(found: Row) -> str:
    loss = f"  loss {found.loss:.4g}" if found.loss is not None else ""
    took = f"  {found.seconds:,.0f} s" if found.seconds is not None else ""
    title = f"  {found.label.title}" if found.label.title else ""
    return f"{found.name}  {found.fate} at step {found.step:,}{loss}{took}{title}{'  notes' * bool(found.label.notes)}"


def _as_json(found: Row) -> dict[str, Any]:
    about, label = found.about, found.label
    return {
        "run": found.name,
        "name": label.title,
        "notes": label.notes,
        "spelling": about.spelling,
        "began": about.began,
        "state": found.fate,
        "sentence": about.sentence,
        "steps": found.step,
        "loss": found.loss,
        "seconds": found.seconds,
    }


def _sizes() -> dict[str, int]:
    """The bytes of the runs, of what was set aside, and of everything."""
    data = data_folder()
    parts = {"runs": _size(data / "runs"), "damaged": _size(data / FOLDER)}
    return parts | {"all": _size(data)}


def _size(folder: Path) -> int:
    size = 0
    for path in folder.rglob("*"):
        try:
            status = path.lstat()
        except OSError:
            continue
        size += status.st_size if not path.is_dir() else 0
    return size


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what a record refuses into a sentence."""
    try:
        yield
    except RunError as error:
        raise CommandError(str(error)) from None
