"""What the command palette offers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from tuilab.labs import catalogue
from tuilab.ui.themes import THEMES

if TYPE_CHECKING:
    from tuilab.ui.app import TuilabApp


def commands(app: "TuilabApp") -> Iterator[SystemCommand]:
    """List every command: what keys do, the colours, and each lesson and lab."""
    yield SystemCommand("Quit", "Leave tuilab", app.action_leave)
    yield SystemCommand("Find", "Find a lesson, a page, a lab or a term", app.action_find)
    yield SystemCommand("Glossary", "What a symbol or a term means", app.action_glossary)
    yield SystemCommand("Runs", "The trainings that were kept: curves, notes, branches", app.action_runs)
    yield SystemCommand("Help", "What the focused thing is, and its keys", app.action_help)
    yield SystemCommand("Restart worker", "Start the process that computes again", app.action_restart_worker)
    for name in THEMES:
        yield SystemCommand(f"Colours: {name}", f"Change to the {name} colours", lambda n=name: app.action_theme(n))
    for lesson in app.lessons:
        title = f"Lesson {lesson.number}: {lesson.title}"
        yield SystemCommand(title, lesson.summary, lambda at=lesson: app.open_lesson(at))
    for lab in catalogue.labs():
        yield SystemCommand(f"Lab: {lab.name}", lab.summary, lambda at=lab: app.open_lab(at.spec()))
