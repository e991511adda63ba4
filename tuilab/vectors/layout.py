"""The file that vectors are converted to: a safetensors file whose arrays are mapped where they lie.

Its header is read alone, so that 3 million words open at once, and what is mapped is shared by all who have it open.
Arrays: `unit` (words, dimensions) float32, rows of length one; `norms` (words,) float32, how long they were; `starts`
(words + 1,) and `order` (words,) int32 and `words` uint8, see words.py. The header has a fixed size, for the number of
words is known at the end; safetensors allows blanks behind it.
"""

import json
import os
import struct
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tuilab.vectors.errors import VectorError

FORMAT = "tuilab vectors 1"
HEADER = 4096  # bytes before the first array: a whole page, so that it begins on one
_LARGEST_HEADER = 1 << 20
_TYPES: dict[str, np.dtype] = {"F32": np.dtype("<f4"), "I32": np.dtype("<i4"), "U8": np.dtype("u1")}
_NAMES = {dtype: name for name, dtype in _TYPES.items()}


class Part(NamedTuple):
    """An array of a file: its type, its shape, and the byte of the file where it begins."""

    dtype: np.dtype
    shape: tuple[int, ...]
    begin: int

    @property
    def size(self) -> int:
        """Its bytes."""
        return prod(self.shape) * self.dtype.itemsize


class Header(NamedTuple):
    """What a safetensors file holds: arrays of types that are known here, and its metadata."""

    parts: dict[str, Part]
    metadata: dict[str, str]


def is_safetensors(beginning: bytes) -> bool:
    """Whether a file that begins so is one: the length of a header, then a JSON object."""
    return beginning[8:9] == b"{" and len(beginning) > 8 and struct.unpack("<Q", beginning[:8])[0] <= _LARGEST_HEADER


def read_header(path: Path) -> Header:
    """Read the header. Raises VectorError, OSError."""
    with path.open("rb") as file:
        beginning = file.read(8)
        try:
            (length,) = struct.unpack("<Q", beginning)
            if length > _LARGEST_HEADER:
                raise ValueError
            value = json.loads(file.read(length))
            metadata = _texts(value.pop("__metadata__", {}))
            parts = {name: part for name, each in value.items() if (part := _part(each, 8 + length)) is not None}
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError, struct.error):
            raise VectorError(f"{path.name}: its header cannot be read; convert it again.") from None
        size = os.fstat(file.fileno()).st_size
    ends = max((part.begin + part.size for part in parts.values()), default=0)
    if ends > size:
        raise VectorError(f"{path.name}: its header promises {ends:,} bytes, the file has {size:,}: it was cut off.")
    return Header(parts, metadata)


def mapped(path: Path, part: Part) -> np.ndarray:
    """An array of a file, mapped into memory; it can only be read."""
    if not part.size:
        return np.empty(part.shape, part.dtype)
    found: np.ndarray = np.memmap(path, part.dtype, "r", part.begin, part.shape).view(np.ndarray)
    return found


def written_header(arrays: Mapping[str, tuple[np.dtype, tuple[int, ...]]], metadata: Mapping[str, str]) -> bytes:
    """The header for arrays that follow one another in this order."""
    value: dict[str, Any] = {"__metadata__": dict(metadata)}
    begin = 0
    for name, (dtype, shape) in arrays.items():
        end = begin + prod(shape) * dtype.itemsize
        value[name] = {"dtype": _NAMES[dtype], "shape": shape, "data_offsets": (begin, end)}
        begin = end
    return struct.pack("<Q", HEADER - 8) + json.dumps(value).encode().ljust(HEADER - 8)


def _texts(value: Any) -> dict[str, str]:
    return {name: text for name, text in value.items() if isinstance(text, str)}


def _part(value: Any, data: int) -> Part | None:
    if value["dtype"] not in _TYPES:
        return None
    shape, (begin, end) = tuple(map(int, value["shape"])), value["data_offsets"]
    part = Part(_TYPES[value["dtype"]], shape, data + int(begin))
    if min(shape, default=0) < 0 or begin < 0 or end - begin != part.size:
        raise ValueError
    return part
