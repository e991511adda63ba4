"""Large libraries that a learner's code names are loaded before its clock runs, and stay for the next check.

Only these, which do nothing on being loaded: no code of a learner's is run.
"""

import ast
import importlib
import os
import warnings
from contextlib import suppress
from pathlib import Path

LARGE = ("gensim", "matplotlib", "pandas", "scipy", "sklearn", "statsmodels")
QUIET = {"JOBLIB_MULTIPROCESSING": "0"}
"""In the environment of a check: joblib tries for a semaphore, which a check may not have, and warns of it."""


def load_large(file: Path) -> list[str]:
    """Load what of the large libraries a file names; what is named there."""
    os.environ |= QUIET
    named = large_in(file)
    with warnings.catch_warnings(action="ignore"):
        for name in named:
            with suppress(Exception):  # what is not installed, or no module, is told when the file itself is run
                importlib.import_module(name)
    return named


def large_in(file: Path) -> list[str]:
    """The modules of large libraries that a file imports, wherever in it; none where it cannot be read."""
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return list(dict.fromkeys(name for name in found if name.partition(".")[0] in LARGE))
