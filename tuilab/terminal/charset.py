"""Whether the locale is a UTF-8 one. Python hides a locale that is not: it turns LANG=C into C.UTF-8 as it starts."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")  # what Python writes into LC_CTYPE where it found the locale C


def locale_name(environ: Mapping[str, str], unset: str = "C") -> str:
    """The locale that holds for characters, by the rules of POSIX; `unset` where none is set, which means C."""
    given = (environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return next(filter(None, given), unset)


def is_utf8(environ: Mapping[str, str]) -> bool:
    """Whether a locale's characters are written in UTF-8."""
    return bool(re.search(r"utf-?8", locale_name(environ), re.IGNORECASE))


def as_it_was_given(environ: Mapping[str, str]) -> Mapping[str, str]:
    """The environment without the LC_CTYPE that Python itself put into it."""
    if environ.get("LC_ALL") or environ.get("LC_CTYPE") not in _COERCED:
        return environ
    if environ is os.environ:
        first = _first_environment()
        if first is not None:
            return {name: value for name, value in environ.items() if name != "LC_CTYPE" or name in first}
    if environ.get("LANG") in ("C", "POSIX"):
        return {name: value for name, value in environ.items() if name != "LC_CTYPE"}
    return environ


def _first_environment() -> set[str] | None:
    """The names that this process was started with; None where the system does not tell."""
    try:
        lines = Path("/proc/self/environ").read_bytes().split(b"\0")
    except OSError:
        return None
    return {line.partition(b"=")[0].decode(errors="replace") for line in lines}
