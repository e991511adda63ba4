"""What the list of runs and the chart of one share: the keys for the run at hand."""

from collections.abc import Callable
from pathlib import Path

from textual.binding import Binding

from tuilab.labs import locks, spelling
from tuilab.labs.branchpoint import branched, moments
from tuilab.labs.keepsake import line_of, untrained
from tuilab.records.desk import IN_USE, annotate, delete, rename
from tuilab.records.folders import is_restricted
from tuilab.records.shelf import Row, row, size_of
from tuilab.records.state import RunError
from tuilab.records.telling import room_of, spelled
from tuilab.ui.host import host
from tuilab.ui.place import Place
from tuilab.ui.runs.row import cut
from tuilab.widgets.confirm import ConfirmScreen
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.spelled import SpelledScreen

GONE = "That run is no longer there."
NO_FILES = "In restricted mode no files are written; y copies the spelling, which says all that trains it again."


class RunPlace(Place):
    """A screen with a run at hand: `folder`, None where there is none, or more than one."""

    BINDINGS = [
        Binding("t", "train_on", "Train on", tooltip="Go on with this training from its last save"),
        Binding("b", "branch", "Branch", tooltip="A new training that goes on from a kept moment of this one"),
        Binding("e", "name", "Name", tooltip="Give this run a name"),
        Binding("m", "notes", "Notes", tooltip="Write notes on this run"),
        Binding("y", "spelling", "Copy", tooltip="Copy how this run is spelled"),
        Binding("w", "write", "Write", tooltip="Write this run to a file: program, numbers, weights, picture"),
        Binding("delete,backspace", "delete", "Delete", key_display="del", tooltip="Delete this run; asks once"),
    ]

    @property
    def folder(self) -> Path | None:
        """The run at hand."""
        raise NotImplementedError

    def say(self, sentence: str) -> None:
        """Say something of the run at hand."""
        raise NotImplementedError

    def reread(self) -> None:
        """Something of the run at hand has changed."""
        raise NotImplementedError

    def deleted(self) -> None:
        """The run at hand has gone."""
        raise NotImplementedError

    def moment(self) -> int | None:
        """The kept moment at hand; None is the last."""
        return None

    @property
    def found(self) -> Row | None:
        """What is kept of the run at hand; says so where there is nothing."""
        found = row(self.folder) if self.folder is not None else None
        if found is None and self.folder is not None:
            self.say(GONE)
        return found

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What concerns one run needs one."""
        one = action in ("train_on", "branch", "name", "notes", "spelling", "write", "delete")
        return super().check_action(action, parameters) and (not one or self.folder is not None)

    def action_train_on(self) -> None:
        """Go on with the training, where it can go on."""
        found = self.found
        if found is None:
            return None
        if found.in_use:
            return self.say("That run is being trained in a tuilab; go on there.")
        if found.fate != "left":
            return self.say(f"It has ended, {found.fate} at step {found.step:,}; b goes on from a moment of it.")
        try:
            return host(self).open_lab(spelling.parse(found.about.spelling), found.name)
        except spelling.SpellingError as error:  # of another version
            return self.say(f"That run cannot be gone on with. {error}")

    def action_branch(self) -> None:
        """Open the lab of the run, to go on from a moment of it, with other settings where the learner likes."""
        found = self.found
        if found is None:
            return None
        kept = moments(found.folder)
        if not kept:
            return self.say("No moment of this run was kept, so nothing can branch from it.")
        at = self.moment() or kept[-1]
        try:
            spec, sentence = branched(found.folder, at)
        except ValueError as error:
            return self.say(str(error))
        host(self).open_lab(spec)
        told = f"space trains on from step {at:,}; f changes settings first. {sentence}"
        self.app.notify(told.strip(), timeout=8, markup=False)
        return None

    def action_name(self) -> None:
        """Give it a name."""
        if (found := self.found) is not None:
            self.app.push_screen(
                EntryScreen("A name for this run; none takes it away", found.label.title, _kept(rename, found.folder)),
                self._changed,
            )

    def action_notes(self) -> None:
        """Write notes on it."""
        from tuilab.widgets.notes import NotesScreen

        if (found := self.found) is not None:
            title = f"Notes on {cut(found.label.title or spelled(found), 50)}"
            self.app.push_screen(NotesScreen(title, found.label.notes, _kept(annotate, found.folder)), self._changed)

    def action_spelling(self) -> None:
        """Copy the command that opens its lab, and show it."""
        if (found := self.found) is None:
            return None
        try:
            spec = spelling.parse(found.about.spelling)
            if hidden := locks.secret(spec, "the line of this run would tell"):
                return self.say(hidden)
            line, notes = line_of(spec)
        except ValueError as error:
            return self.say(str(error))
        self.app.push_screen(SpelledScreen(line, [*notes, *filter(None, [untrained(found.step)])]))
        return None

    def action_write(self) -> None:
        """Write it to a file."""
        from tuilab.ui.runs.export import ExportScreen

        if is_restricted():
            self.say(NO_FILES)
        elif (found := self.found) is not None:
            self.app.push_screen(ExportScreen(found))

    def action_delete(self) -> None:
        """Ask, and delete it."""
        if (found := self.found) is None:
            return None
        if found.in_use:
            return self.say(IN_USE)
        what = f"{found.label.title or 'The run'}, {spelled(found)}"
        goes = f"{found.step:,} steps, their curves and weights" + (", and your notes" if found.label.notes else "")
        question = f"Delete for good? {what}: {goes}, {room_of(size_of(found.folder))} in all."
        self.app.push_screen(ConfirmScreen(question), lambda yes: self._delete(found.folder) if yes else None)
        return None

    def _delete(self, folder: Path) -> None:
        try:
            delete(folder)
        except (RunError, OSError) as error:
            self.say(sentence_of(error))
        else:
            self.deleted()

    def _changed(self, text: str | None) -> None:
        if text is not None:
            self.reread()


def _kept(keep: Callable[[Path, str], None], folder: Path) -> Callable[[str], None]:
    """A check for a dialog, which keeps what it allows."""

    def check(text: str) -> None:
        try:
            keep(folder, text)
        except (RunError, OSError) as error:
            raise ValueError(sentence_of(error)) from None

    return check


def sentence_of(error: RunError | OSError) -> str:
    """What went wrong, as a sentence."""
    return str(error) if isinstance(error, RunError) else f"That cannot be written: {error.strerror}."
