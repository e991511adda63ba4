"""Lines for a terminal are broken between words; for a pipe they stay whole."""

import shutil
import textwrap
from typing import TextIO


def wrapped(text: str, out: TextIO, hanging: int = 0) -> str:
    """A line as `out` takes it, its further lines indented by `hanging` columns."""
    if not out.isatty():
        return text
    width = max(20 + hanging, shutil.get_terminal_size().columns)
    indent = " " * hanging
    lines = textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, drop_whitespace=True)
    return "\n".join(lines) or text
