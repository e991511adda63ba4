"""The choices of a question: one is taken, some are marked, or all are put in order."""

from typing import Any

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Static

from tuilab.course.quiz import Given


class Choices(Static, can_focus=True):
    """Choices of which one is right; the cursor stands on one of them."""

    BINDINGS = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("enter", "take", "Answer", tooltip="Answer the question"),
        Binding("right", "screen.page(1)", "Next page", show=False),
        Binding("left", "screen.page(-1)", "Page before", show=False),
    ]

    class Taken(Message):
        """The learner answers."""

        def __init__(self, given: Given) -> None:
            super().__init__()
            self.given = given

    class Changed(Message):
        """The answer as it stands is no longer the one that was given."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__(markup=False)
        self.texts, self.index = texts, 0

    def on_mount(self) -> None:
        """Show them."""
        self.show()

    def show(self) -> None:
        """Draw them, with the cursor."""
        lines = self.lines()
        self.update("\n".join(f"{self.cursor if i == self.index else ' '}{line}" for i, line in enumerate(lines)))

    def lines(self) -> list[str]:
        """What stands on each line."""
        return [f" {text}" for text in self.texts]

    @property
    def cursor(self) -> str:
        """What marks the line that the cursor stands on."""
        return "▸"

    @property
    def given(self) -> Given:
        """The answer as it stands."""
        return self.index

    @property
    def draft(self) -> Any:
        """What is to be kept of it while another page is looked at."""
        return self.index

    @draft.setter
    def draft(self, kept: Any) -> None:
        self.index = kept

    def action_move(self, direction: int) -> None:
        """Move the cursor."""
        self.index = max(0, min(len(self.texts) - 1, self.index + direction))
        self.show()

    def action_take(self) -> None:
        """Answer."""
        self.post_message(self.Taken(self.given))


class Several(Choices):
    """Choices of which any number may be right."""

    BINDINGS = [Binding("space", "mark", "Mark", tooltip="Mark the choice under the cursor, or unmark it")]

    def __init__(self, texts: list[str]) -> None:
        super().__init__(texts)
        self.marked: set[int] = set()

    def lines(self) -> list[str]:
        """Each with its mark."""
        return [f"[{'x' if i in self.marked else ' '}] {text}" for i, text in enumerate(self.texts)]

    @property
    def given(self) -> Given:
        """The places that are marked."""
        return tuple(sorted(self.marked))

    @property
    def draft(self) -> Any:
        """The cursor and the marks."""
        return self.index, self.marked

    @draft.setter
    def draft(self, kept: Any) -> None:
        self.index, self.marked = kept

    def action_mark(self) -> None:
        """Mark or unmark."""
        self.marked ^= {self.index}
        self.show()
        self.post_message(self.Changed())


class Ordered(Choices):
    """Choices that are put in order: space takes hold of one, up and down then move it, space lets it go."""

    BINDINGS = [Binding("space", "hold", "Hold", tooltip="Take hold of a line to move it up and down, or let it go")]

    def __init__(self, texts: list[str]) -> None:
        super().__init__(texts)
        self.places = list(range(len(texts)))
        self.held = False

    def lines(self) -> list[str]:
        """Each with its place."""
        return [f"{place + 1}. {self.texts[i]}" for place, i in enumerate(self.places)]

    @property
    def cursor(self) -> str:
        """Another mark while a line is held."""
        return "↕" if self.held else "▸"

    @property
    def given(self) -> Given:
        """The order as it stands."""
        return tuple(self.places)

    @property
    def draft(self) -> Any:
        """The cursor and the order; nothing is held any more."""
        return self.index, self.places

    @draft.setter
    def draft(self, kept: Any) -> None:
        self.index, self.places = kept

    def action_move(self, direction: int) -> None:
        """Move the cursor, with the line where one is held."""
        before = self.index
        super().action_move(direction)
        if self.held:
            self.places[before], self.places[self.index] = self.places[self.index], self.places[before]
            self.show()
            self.post_message(self.Changed())

    def action_hold(self) -> None:
        """Take hold of a line, or let it go."""
        self.held = not self.held
        self.show()

    def action_take(self) -> None:
        """Answer; nothing is held any more."""
        self.held = False
        self.show()
        super().action_take()


KINDS: dict[str, Any] = {"choose": Choices, "many": Several, "order": Ordered}
