"""Judges a learner's file: what its functions give in each probe, beside the solution's and what known slips give."""

import inspect
import random
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tuilab.exercises.explain import differences
from tuilab.exercises.learners import Failed, Learners, is_memory
from tuilab.exercises.observed import Amiss, Raised, plain, raised, same
from tuilab.exercises.pieces import Pieces, importable
from tuilab.exercises.probing import Told
from tuilab.exercises.verdict import Verdict, line_of

TOLERANCE = 1e-5
Seen = dict[str, Any]


class Check:
    """What is probed in an exercise, and what its solution gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        module = load(folder / "check.py")
        self.tolerance = float(getattr(module, "TOLERANCE", TOLERANCE))
        found = {name: value for name, value in vars(module).items() if name.startswith(("probe_", "then_"))}
        self.probes = dict(sorted(found.items(), key=lambda each: each[0].startswith("then_")))
        self.show = getattr(module, "show", None)
        self.wanted = self.seen(vars(load(folder / "solution.py")), _of_solution)

    def needs(self) -> list[str]:
        """The functions that the learner's file must have."""
        return list(
            dict.fromkeys(name for probe in self.probes.values() for name in inspect.signature(probe).parameters)
        )

    def call(self, name: str) -> str:
        """What a probe calls, as it is told."""
        return (inspect.getdoc(self.probes[name]) or name).splitlines()[0].rstrip(".")

    def seen(self, functions: Mapping[str, Any], on_error: Callable[[str, BaseException], Any] | None = None) -> Seen:
        """What each probe gives with these functions."""
        return {name: _seen(name, probe, functions, on_error) for name, probe in self.probes.items()}

    def is_right(self, seen: Seen) -> bool:
        """Whether that is what the solution gives."""
        return self.alike(self.wanted, seen, self.probes)

    def alike(self, one: Seen, other: Seen, probes: Iterable[str]) -> bool:
        """Whether these probes gave the same."""
        return all(same(one[name], other[name], self.tolerance) for name in probes)

    def first_wrong(self, seen: Seen) -> str:
        """The first probe that gave something else than with the solution."""
        return next(name for name in self.probes if not self.alike(self.wanted, seen, [name]))

    def of_same_functions(self, probe: str) -> list[str]:
        """The probes that want the functions that this one wants: what is wrong with others does not hide a slip."""
        wants = inspect.signature(self.probes[probe]).parameters.keys()
        return [name for name, each in self.probes.items() if inspect.signature(each).parameters.keys() == wants]

    def slips(self) -> dict[str, tuple[str, Seen]]:
        """The known slips by their file's name: the sentence of each, and what it gives."""
        paths = sorted((self.folder / "slips").glob("*.py"))
        modules = {path.stem: load(path) for path in paths}
        return {name: (_sentence(module), self.seen(vars(module))) for name, module in modules.items()}

    def differences(self, seen: Seen) -> list[str]:
        """The sentences that say what the first probe gives that gives something else than the solution."""
        each = (differences(self.call(name), self.wanted[name], seen[name], self.tolerance) for name in self.probes)
        return next(filter(None, each), [])


def judge(folder: Path, file: Path, folders: Sequence[Path] = ()) -> Verdict:
    """Judge the file against the exercise in the folder; `folders` are those of its pieces, whose files lie beside."""
    pieces = Pieces(folders, file, load, lambda folder, piece: judge(folder, piece).is_right)
    with importable(pieces.ours):
        check = Check(folder)  # first: what the learner's code changes cannot change what is right
    try:
        learners = Learners(file)
        with importable(pieces.theirs):
            module = learners.load()
            if missing := _missing(check, module):
                return Verdict("wrong", (missing,))
            seen = check.seen(vars(module), _telling(check, learners))
            if check.is_right(seen):
                return Verdict("right", shown=(*pieces.told(), *_shown(check, learners, module)))
        with importable(pieces.ours):
            return _wrong(check, seen)
    except Failed as failed:
        return failed.verdict


def _shown(check: Check, learners: Learners, module: types.ModuleType) -> list[str]:
    """What the exercise shows of code that is right."""
    if check.show is None:
        return []
    _begin_anew()
    try:
        return [line_of(line) for line in check.show(**_arguments(check.show, vars(module)))]
    except Exception as error:
        if not learners.line_of(error):
            raise
        raise Failed(learners.told(error, (inspect.getdoc(check.show) or "").splitlines()[0].rstrip("."))) from None


def _telling(check: Check, learners: Learners) -> Callable[[str, BaseException], Any]:
    def tell(name: str, error: BaseException) -> Any:
        if is_memory(error) or not isinstance(error, Exception):
            raise Failed(learners.told(error, check.call(name)))
        return raised(error, learners.told(error, check.call(name)))

    return tell


def _wrong(check: Check, seen: Seen) -> Verdict:
    first = check.first_wrong(seen)
    evidence, slips = check.differences(seen), check.slips()
    begins = ("probe_", first[:5])  # what comes `then_` is of no matter before
    for probes in ([name for name in check.probes if name.startswith(begins)], check.of_same_functions(first)):
        named = {sentence: name for name, (sentence, gives) in slips.items() if check.alike(gives, seen, probes)}
        if len(named) == 1:
            ((sentence, name),) = named.items()
            return Verdict("slip", (sentence, *evidence[:1]), slip=name)
    if isinstance(seen[first], Raised) and seen[first].verdict is not None:
        return _not_written(check, seen) or seen[first].verdict
    return Verdict("wrong", tuple(evidence))


def _not_written(check: Check, seen: Seen) -> Verdict | None:
    """The verdict where the starter was left as it is."""
    for name in check.probes:
        if isinstance(seen[name], Raised) and seen[name].name == "NotImplementedError":
            return Verdict("wrong", (f"{check.call(name)} is not written yet.",))
    return None


def _missing(check: Check, module: types.ModuleType) -> str:
    for name in check.needs():
        if not callable(getattr(module, name, None)):
            return f"The file has no function {name}; the task asks for one."
    return ""


def _seen(name: str, probe: Any, functions: Mapping[str, Any], on_error: Any) -> Any:
    _begin_anew()
    try:
        return plain(probe(**_arguments(probe, functions)))
    except Told as told:
        return Amiss(str(told)) if on_error is not _of_solution else on_error(name, told)
    except BaseException as error:
        return on_error(name, error) if on_error else raised(error)


def _arguments(probe: Any, functions: Mapping[str, Any]) -> dict[str, Any]:
    return {each: functions[each] for each in inspect.signature(probe).parameters}


def _of_solution(name: str, error: BaseException) -> Any:
    raise ValueError(f"{name} fails with the solution: {type(error).__name__}: {error}")


def _begin_anew() -> None:
    """The same random numbers for each probe of each file."""
    import numpy as np
    import torch

    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)


def load(path: Path) -> types.ModuleType:
    """Run a file of an exercise as a module, without writing anything beside it."""
    module = types.ModuleType(path.stem)
    exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), module.__dict__)
    return module


def _sentence(module: types.ModuleType) -> str:
    return " ".join((inspect.getdoc(module) or "").split("\n\n")[0].split())
