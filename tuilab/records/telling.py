"""A kept run in few words, as lists have it: what was trained, when, for how long."""

import shlex
from datetime import datetime
from functools import cache
from typing import NamedTuple

from tuilab.labs import catalogue
from tuilab.labs.spec import fields
from tuilab.labs.spelling import shown
from tuilab.records.shelf import Row

UNKNOWN = "-"


class Words(NamedTuple):
    """A spelling taken apart: the lab, the settings that differ from the default but for the seed, and the seed.

    What it branches from is told by its step alone.
    """

    kind: str
    settings: tuple[str, ...]
    seed: str

    def __str__(self) -> str:
        return " ".join((self.kind, *self.settings))


def spelled(row: Row) -> str:
    """How a run is spelled, as a learner may see it."""
    return shown(row.about.spelling)


def words_of(spelling: str) -> Words:
    """Take a spelling apart; one of another version too."""
    try:
        kind, *settings = shlex.split(spelling)
    except ValueError:
        kind, *settings = spelling.split() or [""]
    seeds = [each.partition("=")[2] for each in settings if each.startswith("seed=")]
    others = tuple(_short(each) for each in settings if not each.startswith("seed="))
    return Words(kind, others, seeds[0] if seeds else _default_seed(kind))


def room_of(size: int) -> str:
    """So many bytes: '1.4 MB', '45.0 KB'."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} KB"


def when(began: str, now: datetime | None = None) -> str:
    """The time of a run of today, else the day: 'today 14:03', '26 Nov', '26 Nov 2025'."""
    try:
        time = datetime.fromisoformat(began).astimezone()
    except (ValueError, OverflowError, OSError):
        return UNKNOWN
    today = (now or datetime.now()).date()
    if time.date() == today:
        return f"today {time:%H:%M}"
    return f"{time.day} {time:%b}" + (f" {time.year}" if time.year != today.year else "")


def took(seconds: float | None) -> str:
    """How long a training took: '0.4 s', '35 s', '12 min', '3.5 h'."""
    if seconds is None or not 0 <= seconds < 1e9:
        return UNKNOWN
    if seconds < 100:
        return f"{seconds:.1f} s" if seconds < 9.95 else f"{seconds:.0f} s"
    if seconds < 6000:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h" if seconds < 360_000 else f"{seconds / 3600:,.0f} h"


def _short(setting: str) -> str:
    name, _, value = setting.partition("=")
    return f"branch@{value.rpartition('@')[2]}" if name == "branch" else setting


@cache
def _default_seed(kind: str) -> str:
    spec = catalogue.spec_of(kind)
    found = [field for field in fields(spec) if field.name == "seed"] if spec else []
    return str(found[0].default) if found else UNKNOWN
