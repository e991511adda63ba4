"""Says what tuilab finds on this machine and at this terminal, and what it will do with that."""

import importlib.metadata
import importlib.util
import json
import os
import platform
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tuilab
from tuilab.cli.wrapping import wrapped
from tuilab.records.folders import data_folder, log_folder, no_home, shared_folders
from tuilab.terminal.charset import as_it_was_given, locale_name
from tuilab.terminal.means import NOT_DRAWABLE, Means, find_means, multiplexer, over_ssh
from tuilab.terminal.probe import answer_time

_SMALLEST = (80, 24)
_SHARED = ("corpora", "vectors")


def examine(choices: Mapping[str, Any], as_json: bool) -> int:
    """Write what is found, and what will be done; the exit status."""
    means = find_means(
        os.environ, getattr(sys.__stderr__, "encoding", None), choices["frugal"], choices["ascii_only"]
    )  # as the screen finds them
    found = {
        "tuilab": tuilab.__version__,
        "terminal": _terminal(),
        "plan": _plan(means, choices),
        "kept": _kept(),
        "shared": _shared(),
        "versions": _versions(),
    }
    print(json.dumps(found, indent=2) if as_json else "\n".join(_lines(found)))
    return 0


def _terminal() -> dict[str, Any]:
    """What the terminal says of itself; without one, what the environment says."""
    given = as_it_was_given(os.environ)
    return {
        "is_there": _is_terminal(),
        "TERM": os.environ.get("TERM", ""),
        "COLORTERM": os.environ.get("COLORTERM", ""),
        "NO_COLOR": bool(os.environ.get("NO_COLOR")),
        "locale": locale_name(given),
        "encoding": getattr(sys.__stderr__, "encoding", None) or "",
        "size": _size(),
        "multiplexer": multiplexer(os.environ),
        "ssh": over_ssh(os.environ),
        "answers_in_ms": _answers_in(),
    }


def _is_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _size() -> list[int] | None:
    """Columns and rows of the terminal that is there."""
    for stream in (sys.__stdin__, sys.__stderr__, sys.__stdout__):
        try:
            return list(os.get_terminal_size(stream.fileno()))  # type: ignore[union-attr]
        except (OSError, ValueError, AttributeError):
            continue
    return None


def _answers_in() -> float | None:
    """Milliseconds until the terminal has answered; None where it does not, or where there is none to ask."""
    if not _is_terminal() or os.environ.get("TERM", "") in NOT_DRAWABLE:
        return None
    try:
        seconds = answer_time()
    except OSError:
        return None
    return None if seconds is None else round(1000 * seconds, 1)


def _plan(means: Means, choices: Mapping[str, Any]) -> dict[str, Any]:
    """What the screen will be drawn with."""
    chosen = _theme(means, choices["theme"])
    return {
        "draws": _is_terminal() and os.environ.get("TERM", "") not in NOT_DRAWABLE,
        "colours": means.colours,
        "theme": chosen,
        "characters": "Unicode" if means.unicode else "ASCII",
        "frugal": means.frugal,
        "charts_a_second": 2 if means.sparing else 4,
        "mouse": bool(choices["mouse"] and not means.sparing),
        "asks_for_synchronised_output": means.synchronised,
        "asks_for_kitty_keys": means.kitty_keys,
    }


def _theme(means: Means, wanted: str | None) -> str:
    if means.colours == "none":
        return "ansi"
    return wanted or means.theme or _saved_theme() or "dark"


def _saved_theme() -> str | None:
    from tuilab.records.progress import Progress

    return Progress(data_folder()).setting("theme")


def _kept() -> dict[str, Any]:
    places = {"records": data_folder(), "logs": log_folder()}
    return {name: {"folder": str(path), "writable": _can_write(path)} for name, path in places.items()}


def _shared() -> list[dict[str, Any]]:
    """The folders of the whole machine, and what lies in them for learners to open."""
    return [{"folder": str(folder), **{kind: _names(folder / kind) for kind in _SHARED}} for folder in shared_folders()]


def _place(place: dict[str, Any]) -> str:
    """A folder for what is kept, as it is read."""
    if reason := no_home(Path(place["folder"])):
        return f"NOWHERE: {reason}"
    return place["folder"] + ("" if place["writable"] else "   CANNOT BE WRITTEN")


def _names(folder: Path) -> list[str]:
    """What lies in a folder; nothing where it is not there, or not for this account."""
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def _can_write(folder: Path) -> bool:
    """Whether a folder can be written to, or made; nothing is made for the asking."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _versions() -> dict[str, str | None]:
    """Versions by what is installed; nothing is imported for it."""
    return {"python": platform.python_version(), **{name: _installed(name) for name in ("textual", "plotext", "torch")}}


def _installed(name: str) -> str | None:
    if importlib.util.find_spec(name) is None:
        return None
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "of an unknown version"


def _lines(found: dict[str, Any]) -> list[str]:
    """The report as it is read."""
    terminal, plan = found["terminal"], found["plan"]
    lines = [f"tuilab {found['tuilab']} on Python {found['versions']['python']}, {platform.system()}", ""]
    lines += [_line(*each) for each in _about_terminal(terminal)]
    lines += ["", _line("draws with", _drawing(plan)), _line("frugal", _frugal(plan, terminal))]
    lines.append(_line("mouse", "tuilab's" if plan["mouse"] else "the terminal's own: select and copy as ever"))
    lines.append(_line("sync output", _synchronised(plan)))
    lines.append("")
    for name, place in found["kept"].items():
        lines.append(_line(name, _place(place)))
    lines.append(_line("shared", _sharing(found["shared"])))
    for name in ("textual", "plotext", "torch"):
        version = found["versions"][name]
        lines.append(
            _line(name, version or "NOT FOUND: " + ("labs cannot compute" if name == "torch" else "no screen"))
        )
    return lines


def _line(name: str, text: str) -> str:
    return wrapped(f"{name:<13}{text}", sys.stdout, hanging=13)


def _about_terminal(terminal: dict[str, Any]) -> list[tuple[str, str]]:
    known = [
        ("size", _sized(terminal)),
        ("locale", f"{terminal['locale']}, output in {terminal['encoding']}"),
        ("multiplexer", terminal["multiplexer"] or "none"),
        ("SSH", "yes" if terminal["ssh"] else "no"),
    ]
    if not terminal["is_there"]:
        none = "none here: tuilab cannot draw; tuilab ask and tuilab run work all the same"
        return [("terminal", none), ("TERM", terminal["TERM"] or "not set"), *known]
    answer = terminal["answers_in_ms"]
    colours = [f"COLORTERM={terminal['COLORTERM']}" if terminal["COLORTERM"] else "no COLORTERM"]
    colours += ["NO_COLOR"] if terminal["NO_COLOR"] else []
    return [
        ("terminal", f"TERM={terminal['TERM'] or '(not set)'}, {', '.join(colours)}"),
        *known,
        ("answers in", "does not answer: drawn at a slow, even rate" if answer is None else f"{answer} ms"),
    ]


def _sized(terminal: dict[str, Any]) -> str:
    if not terminal["size"] and not terminal["is_there"]:
        return "none is known"
    columns, rows = terminal["size"] or shutil.get_terminal_size()
    small = "" if columns >= _SMALLEST[0] and rows >= _SMALLEST[1] else "   TOO SMALL: 80x24 is needed"
    return f"{columns}x{rows}{small}"


def _drawing(plan: dict[str, Any]) -> str:
    if not plan["draws"]:
        return "nothing, for want of a terminal that can be drawn on: use tuilab --plain"
    colours = "no colours: bold and reverse" if plan["colours"] == "none" else f"{plan['colours']} colours"
    return f"{colours}, theme {plan['theme']}, {plan['characters']}"


def _frugal(plan: dict[str, Any], terminal: dict[str, Any]) -> str:
    why = ", over SSH" if terminal["ssh"] and plan["frugal"] else ""
    often = f"charts {plan['charts_a_second']} times a second where the terminal answers in time"
    return f"yes{why}: {often}" if plan["frugal"] else f"no: {often}"


def _sharing(folders: list[dict[str, Any]]) -> str:
    """What the machine's folders hold, folder by folder; of those that hold nothing only where they would be."""
    full = [f"{each['folder']}: {', '.join(name for kind in _SHARED for name in each[kind])}" for each in folders]
    full = [text for text in full if not text.endswith(": ")]
    return "; ".join(full) or f"nothing in {' or '.join(each['folder'] for each in folders) or 'any folder'}"


def _synchronised(plan: dict[str, Any]) -> str:
    asked = plan["asks_for_synchronised_output"]
    return "asked for, used where the terminal knows it" if asked else "not asked for: too old a terminal"
