"""The forms that a kept run can be taken home in, and the writing of their files."""

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, NamedTuple

from tuilab.exports.errors import ExportError
from tuilab.exports.program import program
from tuilab.exports.run import Run, one_line, open_run
from tuilab.labs.spec import Spec
from tuilab.labs.spelling import spell
from tuilab.vectors.files import put_in_place

Writer = Callable[[Run, BinaryIO], str]
"""Writes a form into a file; returns what was written, as it stands in a sentence."""


class Form(NamedTuple):
    """What it is, the usual ending of its file, and the module of this room that has its `write`."""

    about: str
    ending: str
    module: str
    name: str = "write"


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "program": Form("one PyTorch program that trains it again and compares", ".py", "program"),
        "csv": Form("step, loss and gradient norm, a line for each step", ".csv", "table"),
        "held-out": Form("a forecast's held-out points: what came, what was said", ".csv", "heldout"),
        "tensorboard": Form("loss and gradient norm for TensorBoard", ".tfevents", "tensorboard"),
        "safetensors": Form("the weights, by torch's names where torch has them", ".safetensors", "weights"),
        "torch": Form("the same as a state dict for torch.load", ".pt", "weights", "write_torch"),
        "svg": Form("the curves of loss and gradient norm as a picture", ".svg", "svg"),
        "text": Form("the same curves in characters", ".txt", "chart"),
    }
)


def write(folder_of_run: str | Path, form: str, path: str | Path) -> str:
    """Write a kept run in one of the `FORMS` to a file, and say in a sentence what was written.

    A file that is there is replaced, once the new one is complete. Raises ExportError with a sentence.
    """
    if form not in FORMS:
        raise ExportError(f"{form} is no form to take a run home in; there are {', '.join(FORMS)}.")
    run, chosen = open_run(Path(folder_of_run)), FORMS[form]
    write_form: Writer = getattr(import_module(f"tuilab.exports.{chosen.module}"), chosen.name)
    return f"{_put(Path(path), lambda file: write_form(run, file))} of {run.name} in {path}."


def write_program(spec: Spec, path: str | Path) -> str:
    """Write the program of a spec that was not run to a file, and say so in a sentence. Raises ExportError."""

    def write_it(file: BinaryIO) -> str:
        file.write(program(spec).encode())
        return "The program"

    return f"{_put(Path(path), write_it)} of {one_line(spell(spec))} in {path}."


def _put(path: Path, write_into: Callable[[BinaryIO], str]) -> str:
    _must_be_writable(path)
    try:
        with put_in_place(path, 0o666 & ~_mask()) as file:
            return write_into(file)
    except ExportError:
        raise
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from None
    except ValueError as error:
        raise ExportError(str(error)) from None


def _must_be_writable(path: Path) -> None:
    """Raise ExportError where there is something that is no file, or no folder to write into."""
    if "\0" in str(path):
        raise ExportError(f"{str(path)!r} is no name that a file can have; give another.")
    try:
        if path.is_dir():
            raise ExportError(f"{path} is a folder; give the name of a file in it.")
        if path.exists() and not path.is_file():
            raise ExportError(f"{path} is no file that could be replaced; give another name.")
        if not path.parent.is_dir():
            raise ExportError(f"There is no folder {path.parent}; make it first, or give another.")
    except OSError as error:  # a folder that may not be looked into, a name that is too long
        raise ExportError(f"{path} cannot be written: {error.strerror or error}.") from None


def _mask() -> int:
    """What new files of this account may not be, by its own settings."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
