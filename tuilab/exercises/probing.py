"""What the check of an exercise is written with.

A check is a module of functions `probe_...`. Each names as its parameters the functions that it wants of the learner's
file, calls them, and returns what is compared: numbers, arrays, tensors, texts, or a dict of these by what they are
called. Its docstring tells in one line what is called, as the learner reads it. Functions `then_...` are probes too,
and count once all others are right. `TOLERANCE` in the module says how far numbers may be apart, as a share of the
largest. A function `show`, with parameters and a docstring as a probe has them, gives lines that are shown of code that
is right.
"""

from typing import Any


class Told(Exception):
    """Something is wrong that cannot be compared; the text is the rest of a sentence that begins with the call."""


def items(value: Any) -> list[Any]:
    """The items of what a function returned. Raises Told where it has none."""
    if value is None:
        raise Told("gives None: is there a return?")
    try:
        found = iter(value)
    except TypeError:
        raise Told(f"gives one {type(value).__name__}, and a list is expected.") from None
    return list(found)


def parts(value: Any, *names: str) -> dict[str, Any]:
    """The parts of what a function returned, by their names. Raises Told where there are more or fewer."""
    wanted = f"{len(names)} things are expected, {' and '.join(names)}"
    if value is None:
        raise Told(f"gives None, and {wanted}: is there a return?")
    try:
        found = list(value)
    except TypeError:
        raise Told(f"gives one {type(value).__name__}, and {wanted}.") from None
    if len(found) != len(names):
        raise Told(f"gives {len(found)}, and {wanted}.")
    return dict(zip(names, found, strict=True))
