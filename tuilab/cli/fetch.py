"""Fetches a corpus that is asked for, and says what can be fetched."""

import json
import os
import shutil
import sys
import time
from pathlib import Path

from tuilab.cli.errors import CommandError
from tuilab.cli.shared import shared_folder
from tuilab.cli.wrapping import wrapped
from tuilab.corpora import shelf, text8
from tuilab.corpora.corpus import CorpusError
from tuilab.corpora.download import fetch

_SOURCES = {text8.NAME: text8.SOURCE}
_AS_ROOT = "It is the whole machine's: root can fetch into it."
_REDRAW_EVERY = 0.1  # seconds


def list_sources(as_json: bool) -> int:
    """Say what can be fetched, and where it is if it is here."""
    found = {name: shelf.find(name) for name in _SOURCES}
    if as_json:
        print(json.dumps([_source(name, path) for name, path in found.items()]))
        return 0
    for name, path in found.items():
        where = f"here: {path}" if path else f"not here: tuilab fetch {name}"
        print(wrapped(f"{text8.TITLE}. {text8.SIZE}; {where}", sys.stdout, hanging=2))
    return 0


def fetch_corpus(name: str, address: str | None, shared: bool) -> int:
    """Fetch a corpus into the learner's folder, or into the one of the machine; 1 where it did not come."""
    if name not in _SOURCES:
        raise CommandError(f"There is nothing to fetch by the name of {name}: {', '.join(_SOURCES)}.")
    folder = shared_folder("corpora") if shared else shelf.own_shelf()
    here = folder / name if shared else shelf.find(name)
    if here is None or not here.exists():
        try:
            here = _fetch(name, folder, address)
        except CorpusError as error:
            said = CommandError(f"{error} {_AS_ROOT if shared and not os.access(folder, os.W_OK) else ''}").line
            print(wrapped(said, sys.stderr), file=sys.stderr)
            return 1
    print(f"{name} is here: {here}")
    return 0


def _fetch(name: str, folder: Path, address: str | None) -> Path:
    bar = _Bar(name)
    try:
        return fetch(_SOURCES[name], folder, address, bar.draw)
    except KeyboardInterrupt:
        bar.end()
        print("Stopped; the same command goes on from there.", file=sys.stderr)
        raise
    finally:
        bar.end()


def _source(name: str, path: Path | None) -> dict[str, str | int | None]:
    source = _SOURCES[name]
    return {"name": name, "address": source.address, "bytes": source.size, "path": str(path) if path else None}


class _Bar:
    """How far it is: drawn again and again on a terminal, left out in a pipe."""

    def __init__(self, name: str) -> None:
        self.name, self.drawn = name, False
        self.began, self.last, self.first = time.monotonic(), 0.0, -1

    def draw(self, here: int, all_of_it: int) -> None:
        """So many bytes are here."""
        now = time.monotonic()
        if self.first < 0:
            self.first, self.began = here, now
        if sys.stdout.isatty() and (now - self.last >= _REDRAW_EVERY or here == all_of_it):
            self.last, self.drawn = now, True
            print(f"\r\x1b[K{self._line(here, all_of_it, now - self.began)}", end="", flush=True)

    def end(self) -> None:
        """Make room for what is said next."""
        if self.drawn:
            print("\r\x1b[K", end="", flush=True)

    def _line(self, here: int, all_of_it: int, seconds: float) -> str:
        rate = (here - self.first) / seconds if seconds > 0 else 0.0
        left = f"  {round((all_of_it - here) / rate)} s left" if rate else ""
        text = f" {here / 1e6:.1f} of {all_of_it / 1e6:.1f} MB  {rate / 1e6:.1f} MB/s{left}"
        cells = max(0, min(40, shutil.get_terminal_size().columns - 4 - len(self.name) - len(text)))
        full = cells * here // all_of_it
        return f"{self.name} {'━' * full}{'┈' * (cells - full)}{text}"
