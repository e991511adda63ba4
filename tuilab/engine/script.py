"""Functions of tensors compiled by TorchScript: Python neither stands between two operations nor keeps its lock.

torch has left TorchScript as it is, and it does not know Python 3.14: there the same functions run as Python, slower.
"""

import sys
import warnings
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeVar

import torch
from torch import Tensor

_Function = TypeVar("_Function", bound=Callable[..., Any])
_KNOWN = sys.version_info < (3, 14)


@cache
def scripted(function: _Function) -> _Function:
    """A function compiled, with all that it calls; it does to the bit what it does in Python."""
    made: _Function = _script(function)
    return made


def listed(tensors: Iterable[Tensor]) -> list[Tensor]:
    """A list that a scripted function takes as it is; one of Python's is copied at each call."""
    made: list[Tensor] = _script(list(tensors))
    return made


def _script(what: Any) -> Any:
    if not _KNOWN:
        return what
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return torch.jit.script(what)
