"""The settings of an experiment as a form: each field with its value, and what it allows or what is wrong."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tuilab.labs import locks
from tuilab.labs.spec import Field, FieldError, Spec, fields
from tuilab.labs.spelling import SpellingError, rebuild, texts
from tuilab.widgets.line import Line
from tuilab.widgets.steady import Steady


class Fixed(Static, can_focus=True):
    """A value that is locked, where else the line to edit it would stand; the keys come by, so that all is seen."""


class SettingsScreen(Steady, ModalScreen[Spec | None]):
    """Edits a spec. Enter takes all fields at once when every one is allowed; the result is the new spec.

    Locked settings stand there with their values, hidden ones not at all.
    """

    CSS = """
    SettingsScreen { align: center middle; }
    SettingsScreen > Vertical { width: 80; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        padding: 0 1; background: $surface; }
    SettingsScreen VerticalScroll { height: auto; max-height: 17; scrollbar-size-vertical: 1; }
    SettingsScreen Horizontal { height: auto; }
    SettingsScreen .label { width: 11; }
    SettingsScreen Input { width: 18; margin-right: 1; background: $panel; }
    SettingsScreen Input:focus { background: $boost; text-style: bold; }
    SettingsScreen Fixed { width: 18; margin-right: 1; height: auto; }
    SettingsScreen Fixed:focus { background: $boost; text-style: bold; }
    SettingsScreen .allowed { width: 1fr; color: $text-muted; }
    SettingsScreen .wrong { color: $error; text-style: bold; }
    SettingsScreen #problem { height: 3; }
    """
    BINDINGS = [
        Binding("up", "app.focus_previous", "Up", show=False, priority=True),
        Binding("down", "app.focus_next", "Down", show=False, priority=True),
        Binding("enter", "take", "Take", show=False),
        Binding("ctrl+r", "defaults", "Defaults", tooltip="Put every field back to its default"),
        Binding("escape", "leave", "Leave as it was", tooltip="Close, nothing changed"),
    ]

    def __init__(self, spec: Spec) -> None:
        super().__init__()
        self.spec = spec
        fixed, secret = locks.locked(spec), locks.hidden(spec)
        self.shown = {field.name: field for field in fields(type(spec)) if field.name not in secret}
        self.fields = {name: field for name, field in self.shown.items() if name not in fixed}

    def compose(self) -> ComposeResult:
        """A line for each field, then a line that explains the one in focus."""
        with Vertical():
            yield Static(f"Settings of {self.spec.kind}", classes="title")
            with VerticalScroll(can_focus=False):
                for name, field in self.shown.items():
                    value, free = field.spell(getattr(self.spec, name)), name in self.fields
                    with Horizontal():
                        yield Static(name, classes="label")
                        yield Line(value, id=name, compact=True) if free else Fixed(value, id=name, markup=False)
                        allowed = field.allowed if free else "locked"
                        yield Static(allowed, classes="allowed", id=f"allowed-{name}", markup=False)
            yield Static("", id="problem", markup=False)
            yield Static("enter takes all   up down move   ctrl+r defaults   esc leaves as it was", classes="muted")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say beside the field whether its value is allowed."""
        field = self.fields[event.input.id or ""]
        beside = self.query_one(f"#allowed-{field.name}", Static)
        wrong = self._wrong(field, event.value)
        beside.set_class(wrong, "wrong")
        beside.update(f"! {field.allowed}" if wrong else field.allowed)

    def on_descendant_focus(self) -> None:
        """Explain the field in focus, and bring all that it allows into sight."""
        focused = self.focused
        if focused is not None and focused.id in self.shown:
            field = self.shown[focused.id]
            if field.name not in self.fields:
                self._say(f"{field.name}: {field.help}. {locks.refusal(self.spec, [field.name])}")
            elif self._wrong(field, self.query_one(f"#{field.name}", Input).value):
                self._say(f"{field.name}: only {field.allowed} is allowed.", wrong=True)
            else:
                self._say(f"{field.name}: {field.help} (default {field.spell(field.default) or 'none'})")
            self.call_after_refresh(self.query_one(f"#allowed-{field.name}").scroll_visible, animate=False)

    def on_input_submitted(self) -> None:
        """Take everything."""
        self.action_take()

    def action_take(self) -> None:
        """Take everything, or say what does not fit, beside its field; a second enter finds the form gone."""
        if self.app.screen is not self:
            return None
        typed = {name: self.query_one(f"#{name}", Input).value.strip() for name in self.fields}
        for name, field in self.fields.items():
            if self._wrong(field, typed[name]):
                self.query_one(f"#{name}").focus()
                return self._say(f"{name}={typed[name]} is not allowed: {name} is {field.allowed}.", wrong=True)
        try:
            self.dismiss(rebuild(type(self.spec), texts(self.spec) | typed))
        except SpellingError as error:
            self._say(str(error), wrong=True)
        return None

    def action_defaults(self) -> None:
        """Put every field back to its default."""
        for name, field in self.fields.items():
            line = self.query_one(f"#{name}", Input)
            line.value = field.spell(field.default)
            line.action_end()
        self.on_descendant_focus()  # what was wrong is so no longer

    def action_leave(self) -> None:
        """Close without a change."""
        self.dismiss(None)

    def _say(self, sentence: str, wrong: bool = False) -> None:
        problem = self.query_one("#problem", Static)
        problem.set_class(wrong, "wrong")
        self.call_after_refresh(problem.update, sentence)

    @staticmethod
    def _wrong(field: Field, text: str) -> bool:
        try:
            field.parse(text.strip())
        except FieldError:
            return True
        return False
