"""The documentation of Python on this machine: pydoc's topics, and the docstrings of its library.

Modules written in Python are parsed, never imported; of those written in C only those that are part of the interpreter
itself are looked at. Names keep their capitals, as `tokens.words_and_names` has it.
"""

import ast
import importlib
import inspect
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from tuilab.corpora.corpus import CorpusError, Judges
from tuilab.corpora.tokens import sentences, words_and_names

TITLE = "The documentation of Python on this machine"
_INDENT = re.compile(r"\n[ \t]+(?=\S)")  # topics and docstrings are indented throughout: it ends no sentence there
_LEFT_OUT = {"antigravity", "ensurepip", "idlelib", "lib2to3", "pydoc_data", "readline", "this", "turtledemo"}
_LEFT_OUT |= {"test", "tests"}


class Pydoc:
    """Some 300,000 words, the same for the same Python; gathered once, in about two seconds."""

    name = "pydoc"
    title = TITLE

    def __init__(self) -> None:
        self._texts: list[str] = []

    def sentences(self) -> Iterator[list[str]]:
        """As Corpus has it; raises CorpusError where this Python came without its documentation."""
        if not self._texts:
            self._texts = [*_topics(), *_of_interpreter(), *_of_library(Path(ast.__file__).parent)]
        if not self._texts:
            raise CorpusError("This Python came without its documentation: neither topics nor sources are there.")
        unindented = (_INDENT.sub("\n", text) + "\n\n" for text in self._texts)
        return sentences(unindented, words_and_names)

    def stamp(self) -> tuple[object, ...]:
        """Always the same: it changes with Python."""
        return ()

    def judges(self) -> Judges:
        """None: what it is about has no analogies that everybody would agree on."""
        return Judges([], [])


def _topics() -> list[str]:
    try:
        from pydoc_data.topics import topics  # a table of texts and nothing else
    except ImportError:  # some systems pack it apart
        return []
    return [topics[name] for name in sorted(topics)]


def _of_interpreter() -> Iterator[str]:
    """What the modules inside the interpreter say: they are loaded already, or load nothing else."""
    for name in sorted(sys.builtin_module_names):
        if name.startswith("_") or name in _LEFT_OUT:
            continue
        module = importlib.import_module(name)
        yield from _said(module)
        for _, member in sorted(vars(module).items()):
            if inspect.isclass(member) or inspect.isbuiltin(member):
                yield from _said(member)
            if inspect.isclass(member):
                for _, method in sorted(vars(member).items()):
                    yield from _said(method)


def _said(thing: object) -> list[str]:
    text = thing.__doc__
    return [text] if isinstance(text, str) and not isinstance(thing, str | int) else []


def _of_library(folder: Path) -> Iterator[str]:
    """What the library's modules written in Python say, in the order of their paths."""
    for name in sorted(sys.stdlib_module_names - _LEFT_OUT):
        if name.startswith("_"):
            continue
        for path in (folder / f"{name}.py", *sorted((folder / name).rglob("*.py"))):
            if not _LEFT_OUT & set(path.relative_to(folder).parts):
                yield from _docstrings(path)


def _docstrings(path: Path) -> Iterator[str]:
    """The docstrings of a module, of its classes and functions."""
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):  # not there, or not for this Python
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text:
                yield text
