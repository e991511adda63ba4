"""The app: screens, keys that mean the same everywhere, the worker's life. What a widget concerns, it handles."""

import gc
import signal
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from tuilab.course.lesson import LessonError
from tuilab.course.reader import lessons_folder, read_lessons
from tuilab.labs.spec import Spec
from tuilab.records.folders import data_folder
from tuilab.records.progress import Progress
from tuilab.ui.hangup import end_with_the_line, on_signals
from tuilab.ui.home import HomeScreen
from tuilab.ui.saving import SavingApp
from tuilab.ui.small import SmallScreen, cover_while_too_small
from tuilab.ui.themes import THEMES
from tuilab.ui.ways import WaysApp
from tuilab.worker.client import State, Worker

if TYPE_CHECKING:
    from tuilab.ui.checks import Checks


class TuilabApp(SavingApp, WaysApp):
    """tuilab on a screen."""

    TITLE = "tuilab"
    CSS_PATH = "app.tcss"
    COMMAND_PALETTE_DISPLAY = "ctrl+p"
    ALLOW_SELECT = False  # by the mouse, with --mouse: fails on text that is just being replaced
    # Keys of screens and of the app come before those of widgets, so that keys typed ahead are taken in their order.
    BINDINGS = [
        Binding("ctrl+c,ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding(
            "question_mark", "help", "Help", key_display="?", priority=True, tooltip="What has the keys, and which"
        ),
        Binding("ctrl+r", "restart_worker", "Restart worker", show=False, tooltip="Start the worker again"),
        Binding("ctrl+z", "suspend_process", "Suspend", show=False, priority=True),
        Binding("ctrl+l", "redraw", "Redraw", show=False, tooltip="Draw the whole screen again"),
    ]

    def __init__(
        self,
        opening: Spec | None = None,
        lesson: int | None = None,
        theme: str | None = None,
        worker: Callable[..., Any] = Worker,
    ) -> None:
        super().__init__()
        self.opening, self.opening_lesson = opening, lesson
        self.progress = Progress(data_folder())
        self.progress.on_change = self.progress_changed
        self.mistakes: list[LessonError]
        self.lessons, self.mistakes = read_lessons(lessons_folder())
        self.lab_worker = worker(self.worker_changed)
        self.worker_state: tuple[State, str] = ("starting", "torch is loading")
        for each in THEMES.values():
            self.register_theme(each)
        saved = self.progress.setting("theme")
        self.theme = theme or (saved if saved in THEMES else "dark")

    @cached_property
    def checks(self) -> "Checks":
        """What checks exercises, once there is one."""
        from tuilab.ui.checks import Checks

        return Checks()

    def on_mount(self) -> None:
        """Show the first screen; the worker starts once it is there."""
        on_signals((signal.SIGHUP, signal.SIGTERM), self.lab_worker.end_at_once, self.exit)
        self.app_resume_signal.subscribe(self, lambda _: self.forget_screen())
        self.push_screen(HomeScreen())
        if self.opening is not None:
            self.open_lab(self.opening)
        elif self.opening_lesson is not None:
            self.open_lesson_number(self.opening_lesson)
        self.call_after_refresh(self.progress_changed)
        cover_while_too_small(self, self.size)
        if not self.is_headless:
            self.set_interval(1.0, end_with_the_line)
        self.call_after_refresh(self.start_worker)

    async def start_worker(self) -> None:
        """Start the worker in the background."""
        gc.freeze()  # what is there now stays; collections need only look at what comes later
        gc.set_threshold(5000, 20, 10)
        self.run_worker(self.lab_worker.start, group="worker")

    async def on_unmount(self) -> None:
        """Leave nothing running."""
        if "checks" in self.__dict__:
            self.checks.close()
        await self.lab_worker.stop()

    def worker_changed(self, state: State, sentence: str) -> None:
        """Tell the screens how the worker is."""
        self.worker_state = (state, sentence)
        if state in ("ended", "silent"):
            self.notify(sentence, severity="error", timeout=10, markup=False)
        for screen in self.screen_stack:
            if hasattr(screen, "worker_changed") and screen.is_mounted:  # others look when they are mounted
                screen.worker_changed(state, sentence)

    def on_resize(self, event: events.Resize) -> None:
        """Below 80x24 say so; come back when there is room."""
        if len(self.screen_stack) > 1:  # before home is there, there is nothing to cover
            cover_while_too_small(self, event.size)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a program is written ctrl+z takes back what was written, and does not suspend."""
        if action == "suspend_process" and self.focused is not None:
            return "ctrl+z" not in self.focused._bindings.key_to_bindings
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """Leave the program."""
        self.exit()

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key as it stands on the key."""
        return {"enter": "enter", "escape": "esc"}.get(binding.key, super().get_key_display(binding))

    def action_help(self) -> None:
        """Explain the focused thing."""
        from tuilab.ui.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            self.pop_screen()
        elif not isinstance(self.screen, SmallScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_find(self) -> None:
        """Find a lesson, a page, a lab or a term by typing a part of its name."""
        from tuilab.ui.find import finder

        self.push_screen(finder(self))

    def action_glossary(self) -> None:
        """Say what a symbol or a term means."""
        from tuilab.ui.glossary import GlossaryScreen

        if not any(isinstance(screen, SmallScreen | GlossaryScreen) for screen in self.screen_stack):
            self.clear_notifications()  # it would lie over what is looked up
            self.push_screen(GlossaryScreen())

    def action_command_palette(self) -> None:
        """Open the palette of all commands, where there is room for it."""
        from tuilab.ui.find import Palette

        if not any(isinstance(screen, SmallScreen | Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    def action_restart_worker(self) -> None:
        """Start the worker again, and let the labs ask it anew; a start that goes on is not broken off halfway."""
        if all(task.is_finished or task.group != "worker" for task in self.workers):
            self.run_worker(self._restart_worker, group="worker")  # type: ignore[arg-type]

    async def _restart_worker(self) -> None:
        await self.lab_worker.start()
        for screen in self.screen_stack:
            if hasattr(screen, "worker_restarted"):
                screen.worker_restarted()

    def action_theme(self, name: str) -> None:
        """Change the colours, and remember them."""
        if self.means.colours == "none":
            return self.notify("There are no colours here: NO_COLOR is set, or the terminal has none.", timeout=5)
        self.theme = name
        self.progress.set_setting("theme", name)
        return None

    def get_system_commands(self, screen: Screen) -> Iterable[SystemCommand]:
        """What the command palette offers."""
        from tuilab.ui.commands import commands

        return commands(self)
