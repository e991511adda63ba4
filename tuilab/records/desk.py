"""What a learner does with a kept run: finds it, names it, notes something of it, deletes it."""

from pathlib import Path

from msgspec.structs import replace

from tuilab.records.about import (
    LABEL,
    LONGEST_NOTES,
    LONGEST_TITLE,
    Label,
    is_label_damaged,
    is_label_readable,
    label_of,
    write_label,
)
from tuilab.records.damage import set_aside
from tuilab.records.shelf import folders, is_in_use, remove, row, rows
from tuilab.records.state import RunError

IN_USE = "That run is open in a tuilab; end it there first."
_FEWEST = 4  # letters of a name that stand for the whole of it


def find(root: Path, given: str) -> Path:
    """The run that is called so: `last`, its own name or the beginning of it, or the learner's. Raises RunError."""
    there = folders(root)
    if given == "last":
        if not there:
            raise RunError("No run is kept yet; train one in a lab.")
        return there[0]
    own = [folder for folder in there if folder.name == given] or [
        folder for folder in there if len(given) >= _FEWEST and folder.name.startswith(given)
    ]
    found = own or [folder for folder in there if given and label_of(folder).title == given]
    if not found:
        raise RunError(f"There is no run {given!r}; tuilab records list has them all.")
    if len(found) > 1:
        raise RunError(
            f"{given!r} begins the names of {len(found)} runs, {found[0].name} among them; write more of it."
        )
    return found[0]


def rename(folder: Path, title: str) -> None:
    """Give a run a name, which no other has; an empty one takes it away. Raises RunError, OSError."""
    title = " ".join(title.split())
    if len(title) > LONGEST_TITLE:
        raise RunError(f"A name of {len(title)} letters is too long; at most {LONGEST_TITLE} are allowed.")
    if not title.isprintable():
        raise RunError("That name has characters in it that cannot be shown; use letters, digits and signs.")
    if title == "last":
        raise RunError("'last' always is the newest run; give it another name.")
    taken = next((each for each in rows(folder.parent) if title and each.label.title == title), None)
    if taken is not None and taken.folder != folder:
        raise RunError(f"{title!r} is the name of another run, {taken.name}; give it another one.")
    write_label(_there(folder), replace(_label(folder), title=title))


def annotate(folder: Path, notes: str) -> None:
    """Note something of a run; an empty text takes the notes away. Raises RunError, OSError."""
    notes = notes.strip()
    if len(notes) > LONGEST_NOTES:
        raise RunError(f"Notes of {len(notes):,} letters are too long; at most {LONGEST_NOTES:,} are kept.")
    write_label(_there(folder), replace(_label(folder), notes=notes))


def delete(folder: Path) -> None:
    """Take a run away for good. Raises RunError, OSError."""
    if is_in_use(_there(folder)):
        raise RunError(IN_USE)
    remove(folder)


def _there(folder: Path) -> Path:
    if row(folder) is None:
        raise RunError("That run is no longer there.")
    return folder


def _label(folder: Path) -> Label:
    """What a run is called, to be replaced: what cannot be read of it is set aside before."""
    if is_label_damaged(folder):
        set_aside(folder / LABEL, folder.parent.parent, f"{folder.name}-{LABEL}")
    elif not is_label_readable(folder):
        raise RunError("The name and notes of that run are of a newer tuilab, or cannot be read now; left alone.")
    return label_of(folder)
