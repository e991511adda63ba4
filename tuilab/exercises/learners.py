"""The learner's file as it is run: loaded as a module, its mistakes told by their lines."""

import sys
import types
from pathlib import Path

from tuilab.exercises.verdict import MEGABYTE, Limits, Verdict, line_of, printable

LARGEST = 1 << 20
WIDTH = 100  # of a line that cannot be read, behind the place
NAME = "exercise"  # of the module; it is not __main__, so what stands under that name is not run


class Failed(Exception):
    """The file cannot be run, or not to its end."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


class Learners:
    """A learner's file. Raises Failed where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.source = _read(path)
        self.lines = self.source.decode("utf-8", "replace").splitlines()

    def load(self) -> types.ModuleType:
        """Run it as a module. Raises Failed."""
        module = types.ModuleType(NAME)
        module.__file__ = str(self.path)
        sys.modules[NAME] = module
        try:
            exec(compile(self.source, str(self.path), "exec", dont_inherit=True), module.__dict__)
        except SyntaxError as error:
            raise Failed(self._no_python(error)) from None
        except BaseException as error:
            raise Failed(self.told(error, "")) from None
        return module

    def line_of(self, error: BaseException) -> int:
        """The last line of the file that an exception went through; 0 where there is none."""
        line, frame = 0, error.__traceback__
        while frame is not None:
            if frame.tb_frame.f_code.co_filename == str(self.path):
                line = frame.tb_lineno
            frame = frame.tb_next
        return line

    def code(self, line: int) -> str:
        """A line of the file."""
        return printable(self.lines[line - 1]) if 0 < line <= len(self.lines) else ""

    def at(self, line: int) -> str:
        """Where something happened, in words."""
        return f" in line {line}, `{self.code(line)}`" if line else ""

    def told(self, error: BaseException, call: str) -> Verdict:
        """The verdict on an exception; `call` is what was called, empty where the file itself was run."""
        line, begins = self.line_of(error), f"{call}: " if call else ""
        at = self.at(line)
        if is_memory(error):
            return self.stopped(f"{begins}No memory is left{at}", line)
        if isinstance(error, SystemExit):
            return self.failed(f"{begins}the program is ended{at}; a function returns, and the check goes on.", line)
        if isinstance(error, EOFError):
            return self.failed(f"{begins}input is read{at}; in a check nobody is there to type.", line)
        words = printable(_words(error))
        return self.failed(f"{begins}{type(error).__name__}{at}{f': {words}' if words else ''}.", line)

    def failed(self, sentence: str, line: int = 0) -> Verdict:
        """A verdict on code that could not be run to its end."""
        return Verdict("failed", (_capital(sentence),), line, 0, self.code(line))

    def stopped(self, sentence: str, line: int) -> Verdict:
        """A verdict on code that reached the limit on memory."""
        told = f"{sentence}; a check may take {Limits().memory // MEGABYTE} MB."
        return Verdict("stopped", (told,), line, 0, self.code(line))

    def _no_python(self, error: SyntaxError) -> Verdict:
        line, column = error.lineno or 0, error.offset or 0
        code = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if isinstance(error, IndentationError):
            column = len(code) - len(code.lstrip()) + 1  # where the line begins, not where Python stopped reading
        where = f"Line {line} cannot be read as Python" if line else "The file cannot be read as Python"
        told = f"{where}{f', at column {column}' if line and column else ''}: {error.msg}."
        return Verdict("failed", (told,), line, column, line_of(code.replace("\t", " "), column + WIDTH))


def is_memory(error: BaseException) -> bool:
    """Whether an exception says that memory has run out."""
    return isinstance(error, MemoryError) or "allocate memory" in _words(error)


def _words(error: BaseException) -> str:
    try:
        return str(error).rstrip(".")
    except Exception:
        return ""


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:] if sentence.startswith(("the ", "input ")) else sentence


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
    except OSError as error:
        raise Failed(Verdict("failed", (f"{path.name} cannot be read: {error.strerror}.",))) from None
    if len(source) > LARGEST:
        raise Failed(Verdict("failed", (f"{path.name} is larger than a megabyte; an exercise is a page of Python.",)))
    if b"\0" in source:
        raise Failed(Verdict("failed", (f"{path.name} is no text: there is a zero byte in it.",)))
    return source
