"""Lines out and lines in: wrapped, without anything that steers a terminal, in letters that the output has."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping
from typing import TextIO

from tuilab.terminal.charset import as_it_was_given, locale_name
from tuilab.terminal.letters import to_ascii

WIDTH = 78
_NARROWEST = 20


class EndOfInput(Exception):
    """There is no line more to read."""


class Lines:
    """Writes to one stream and reads from another, a line at a time."""

    def __init__(self, source: TextIO, out: TextIO, only_ascii: bool = False) -> None:
        self.source, self.out = source, out
        self.encoding = "ascii" if only_ascii else out.encoding or "utf-8"
        self.prompt = source.isatty()

    @property
    def width(self) -> int:
        """The columns of the terminal, asked for each time since windows change; 78 where there is none."""
        if not self.out.isatty():
            return WIDTH
        return max(_NARROWEST, shutil.get_terminal_size((WIDTH + 1, 24)).columns - 1)

    def read(self) -> str:
        """Wait for a line. Raises EndOfInput after the last one."""
        if self.prompt:
            self.out.write("> ")
        self.out.flush()
        line = self.source.readline()
        if not line:
            raise EndOfInput
        return line.strip()

    def say(self, text: str = "", indent: str = "", hanging: str | None = None) -> None:
        """Write a paragraph, wrapped; `hanging` is what its further lines begin with, else `indent` too."""
        for part in text.split("\n"):
            begun = self._clean(part)
            further = indent if hanging is None else hanging
            self._write(self.wrap(begun, indent, further) or [indent.rstrip()])
            indent = further

    def wrap(self, text: str, indent: str = "", hanging: str = "") -> list[str]:
        """Break a text into lines of the terminal's width, words kept whole where they fit."""
        return textwrap.wrap(text, self.width, initial_indent=indent, subsequent_indent=hanging, break_on_hyphens=False)

    def show(self, lines: Iterable[str]) -> None:
        """Write lines as they are: tables, and code."""
        self._write(self._clean(line).rstrip() for line in lines)

    def _write(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.out.write(line + "\n")
        self.out.flush()

    def _clean(self, text: str) -> str:
        """Only what can be printed, and only what the output's encoding has."""
        text = "".join(character if character.isprintable() else " " for character in text)
        try:
            text.encode(self.encoding)
        except UnicodeEncodeError:
            return "".join(map(self._written, text)) if self.encoding.lower() != "ascii" else to_ascii(text)
        return text

    def _written(self, character: str) -> str:
        try:
            character.encode(self.encoding)
        except UnicodeEncodeError:
            return to_ascii(character)
        return character


def standard_lines(environ: Mapping[str, str]) -> Lines | None:
    """Lines on standard output and input; None where one was closed before we began."""
    if sys.stdin is None or sys.stdout is None:
        return None
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no letters make a wrong command, nothing worse
    return Lines(sys.stdin, sys.stdout, only_ascii=asks_for_ascii(environ))


def asks_for_ascii(environ: Mapping[str, str]) -> bool:
    """Whether the locale was set to C, which has ASCII only.

    Where none was set at all, it is what the output says of itself.
    """
    given = as_it_was_given(environ)
    return locale_name(given, unset="") in ("C", "POSIX")
