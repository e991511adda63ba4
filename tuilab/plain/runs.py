"""The kept runs as lines: a list of them, and what there is to say of one."""

import math
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from tuilab.labs import spelling
from tuilab.labs.branchpoint import branched, moments
from tuilab.labs.spec import Spec
from tuilab.plain.lines import Lines
from tuilab.plain.tables import kept
from tuilab.records import desk
from tuilab.records.curve import read_series
from tuilab.records.folders import runs_folder, told
from tuilab.records.shelf import Row, clear_damaged, folders, row
from tuilab.records.snapshots import clear_moments
from tuilab.records.state import RunError
from tuilab.records.telling import spelled, took, when

FEW = 10  # runs that are listed, and steps that are told
WITH_ONE = "run 1 on trains it on, run 1 branch 400 goes on from a moment, run 1 name WORDS, run 1 note WORDS"
_MOST_DIGITS = 3  # of a place in the list; what has more is the beginning of a name


class RunShelf:
    """Lists runs, and finds one by its place in the last list, by its name or the beginning of it."""

    def __init__(self, lines: Lines, open_lab: Callable[[Spec, str], None]) -> None:
        self.lines, self.open_lab = lines, open_lab
        self._listed: list[Path] = []

    def list_them(self, rest: str) -> None:
        """List the newest ten, or so many, or those that have a word in their spelling or name."""
        for gone in clear_damaged(runs_folder(), 200):
            self.lines.say(f"A run could not be read and is no longer listed; it is in {told(gone)}.")
        most = int(rest) if rest.isdecimal() and 0 < len(rest) <= 4 else FEW
        wanted = "" if rest.isdecimal() else rest.lower()
        found = [*islice(self._that_have(wanted), most + 1)]
        if not found:
            raise ValueError(f"No run has {rest!r} in its spelling or name." if wanted else "No run is kept yet.")
        self._listed = [each.folder for each in found[:most]]
        for place, each in enumerate(found[:most], 1):
            self.lines.say(f"{place}. {_line(each)}", hanging="    ")
        if len(found) > most:
            self.lines.say(f"There are more: runs {5 * most} lists so many, runs gru those with gru in them.")
        self.lines.say("run 1 tells more of the first, run 1 on trains it on.")

    def _that_have(self, wanted: str) -> Iterator[Row]:
        for folder in folders(runs_folder()):
            found = row(folder)
            if found is not None and wanted in f"{spelled(found)} {found.label.title} {found.name}".lower():
                yield found

    def find(self, given: str) -> Row:
        """The run at a place of the last list, or of such a name. Raises ValueError, RunError."""
        if not given:
            raise ValueError("Write which run: run 1, run last, or its name; runs lists them.")
        if given.isdecimal() and len(given) <= _MOST_DIGITS:
            listed = self._listed or folders(runs_folder())
            if not 1 <= int(given) <= len(listed):
                raise ValueError(f"There is no run {given} in the list; runs lists them.")
            folder = listed[int(given) - 1]
        else:
            try:
                folder = desk.find(runs_folder(), given)
            except RunError as error:
                raise ValueError(str(error).replace("tuilab records list has them all", "runs lists them")) from None
        found = row(folder)
        if found is None:
            raise ValueError("That run is no longer there.")
        return found

    def tell(self, found: Row) -> None:
        """Tell one: its spelling, its numbers, its loss at ten steps."""
        for gone in clear_moments(found.folder):
            self.lines.say(f"A moment of it could not be read and is no longer offered; it is in {told(gone)}.")
        self.lines.say(f"Run: {spelled(found)}", hanging="  ")
        named = f", called {found.label.title}" if found.label.title else ""
        self.lines.say(f"Kept as {found.name}{named}.", "  ")
        self.lines.say(
            f"{when(found.about.began)}, took {took(found.seconds)}, {found.fate} at step {found.step:,}.", "  "
        )
        if found.about.sentence:
            self.lines.say(found.about.sentence, "  ")
        if found.label.notes:
            self.lines.say(f"Notes: {found.label.notes}", "  ")
        if there := moments(found.folder):
            steps = ", ".join(f"{there[at]:,}" for at in kept(len(there), FEW))
            said = "Moments kept, from which branch= can go on" if len(there) <= FEW else f"{len(there)} moments kept"
            self.lines.say(f"{said}: {steps}.", "  ")
        self.lines.show(_table(found.folder))

    def act(self, rest: str) -> None:
        """Tell of a run, or do with it what is said behind it."""
        which, _, more = rest.partition(" ")
        found = self.find(which)
        verb, _, text = more.strip().partition(" ")
        if not verb:
            self.tell(found)
        elif verb == "name":
            desk.rename(found.folder, text)
            self.lines.say(f"It is called {' '.join(text.split())} now." if text.strip() else "It has no name now.")
        elif verb == "note":
            desk.annotate(found.folder, f"{found.label.notes}\n{text}")
            self.lines.say("Noted.")
        elif verb == "on":
            self._train_on(found)
        elif verb == "branch":
            self._branch(found, text)
        else:
            raise ValueError(f"A run cannot be asked to {verb!r}: {WITH_ONE}.")

    def _train_on(self, found: Row) -> None:
        if found.fate != "left":
            way = "go on there" if found.in_use else f"run {found.name} branch goes on from a moment of it"
            raise ValueError(f"That training is {found.fate}, at step {found.step:,}; {way}.")
        self.open_lab(spelling.parse(found.about.spelling), found.name)

    def _branch(self, found: Row, step: str) -> None:
        kept = moments(found.folder)
        if not kept:
            raise ValueError("No moment of this run was kept, so nothing can branch from it.")
        if step and (not step.isdecimal() or int(step) not in kept):
            raise ValueError(f"{step} is no step that was kept of it; there are {', '.join(map(str, kept))}.")
        spec, sentence = branched(found.folder, int(step) if step else kept[-1])
        if sentence:
            self.lines.say(sentence)
        self.open_lab(spec, "")


def _line(found: Row) -> str:
    title = f"{found.label.title}: " if found.label.title else ""
    loss = f", loss {_number(found.loss)}" if found.loss is not None else ""
    noted = ", with notes" if found.label.notes else ""
    return f"{title}{spelled(found)}; {when(found.about.began)}, {found.fate} at step {found.step:,}{loss}{noted}"


def _table(folder: Path) -> Iterator[str]:
    """Loss and gradient norm at ten steps, the first and the last among them."""
    series = read_series(folder)
    if series.loss:
        yield f"{'step':>11}  {'loss':>10}  {'norm':>10}"
    for at in kept(len(series.loss), FEW):
        yield f"{at + 1:>11,}  {_number(series.loss[at]):>10}  {_number(series.gradient_norm[at]):>10}"


def _number(value: float | None) -> str:
    return f"{value:.5g}" if value is not None and math.isfinite(value) else "-"
