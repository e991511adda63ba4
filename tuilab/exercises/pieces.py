"""The pieces of which an exercise is put together: earlier exercises, whose files its code imports."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


class Pieces:
    """Pieces by their names: `ours` are the solutions, `theirs` the learner's where `is_right` says so, else ours."""

    def __init__(
        self, folders: Sequence[Path], beside: Path, load: Callable[[Path], ModuleType], is_right: Callable[..., bool]
    ) -> None:
        named = {folder.name.partition("-")[2]: folder for folder in folders}
        self.ours = {name: load(folder / "solution.py") for name, folder in named.items()}
        files = {name: beside.with_name(f"{name}.py") for name in named}
        self.right = [name for name, file in files.items() if file.is_file() and is_right(named[name], file)]
        self.theirs = self.ours | {name: load(files[name]) for name in self.right}

    def told(self) -> tuple[str, ...]:
        """Whose the pieces are."""
        missing = [name for name in self.ours if name not in self.right]
        if not self.ours:
            return ()
        if not missing:
            return ("All its pieces are yours.",)
        return (f"Not there or not right yet, so ours stand in: {', '.join(missing)}.",)


@contextmanager
def importable(modules: Mapping[str, ModuleType]) -> Iterator[None]:
    """Have code import these by their names, for a while."""
    before = {name: sys.modules[name] for name in modules if name in sys.modules}
    sys.modules.update(modules)
    try:
        yield
    finally:
        for name in modules:
            sys.modules.pop(name, None)
        sys.modules.update(before)
