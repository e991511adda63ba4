"""What comes from somebody else, a record, a checkpoint, a lesson, is data: nothing in it is ever run as code."""

import ast
import os
import pickle
import time
from pathlib import Path

import pytest

import tuilab
from tuilab.course.arithmetic import evaluate
from tuilab.labs.keeping import reopen
from tuilab.records.curve import read_curve
from tuilab.records.progress import Progress
from tuilab.records.shelf import clear_damaged, make_room, newest_left, rows
from tuilab.records.snapshots import look_into
from tuilab.records.state import RunError

HOUSE = Path(tuilab.__file__).parent
MODULES = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "yaml", "code", "codeop", "runpy"}
CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
METHODS = {"load", "loads", "load_module", "exec_module", "system", "popen", "execvp", "execvpe", "spawnv"}
HARMLESS = {"json", "tomllib", "msgspec"}  # whose load and loads give data
ALLOWED = {
    # gensim's own files are pickles: they are opened where the learner has said --trust, and nowhere else
    ("vectors/gensims.py", "KeyedVectors.load"),
    ("labs/keeping.py", "kept.load"),  # a run's state, which is safetensors
    ("cli/doctor.py", "platform.system"),  # the name of the system
    # exercises: what the learner writes, in a process of its own with limits, beside tuilab's own checks
    ("exercises/judge.py", "compile"),
    ("exercises/judge.py", "exec"),
    ("exercises/judge.py", "learners.load"),
    ("exercises/learners.py", "compile"),
    ("exercises/learners.py", "exec"),
}


def told(node):
    """A call as it is written, without what it is given."""
    return ast.unparse(node.func)


def suspicious(tree):
    """All that could run what is in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.partition(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in MODULES:
            yield f"from {node.module}"
        elif isinstance(node, ast.Call):
            if _is_suspicious(node.func):
                yield told(node)
            yield from (f"{told(node)} allow_pickle" for each in node.keywords if each.arg == "allow_pickle")


def _is_suspicious(function):
    if isinstance(function, ast.Name):
        return function.id in CALLS
    whose = ast.unparse(function).partition(".")[0]
    return isinstance(function, ast.Attribute) and function.attr in METHODS and whose not in HARMLESS


def found():
    return {
        (path.relative_to(HOUSE).as_posix(), what)
        for path in sorted(HOUSE.rglob("*.py"))
        for what in suspicious(ast.parse(path.read_text()))
    }


def test_nothing_in_the_house_opens_what_could_run_code_but_what_the_learner_trusts():
    assert found() == ALLOWED


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from pickle import load",
        "import torch\ntorch.load(path)",
        "import numpy\nnumpy.load(path, allow_pickle=True)",
        "eval(text)",
        "exec(text)",
        "import yaml\nyaml.load(text)",
        "os.system(text)",
    ],
)
def test_a_new_place_would_be_noticed(line):
    assert list(suspicious(ast.parse(line)))


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_pickles_under_all_names_of_ours_are_not_opened(tmp_path, protocol):
    data = tmp_path / "data"
    run = data / "runs" / "20260101-000000.000000-neuron"
    run.mkdir(parents=True)
    bomb = pickle.dumps(Bomb(tmp_path / "went off"), protocol)
    names = ("label.json", "log.jsonl", "state.safetensors", "at-000000004.safetensors", "curve.json")
    for path in (*(run / name for name in names), data / "progress.jsonl"):
        path.write_bytes(bomb)
    (run / "run.json").write_text('{"spelling": "neuron", "began": "", "format": 2}')
    list(rows(data / "runs")), newest_left(data / "runs"), read_curve(run), Progress(data).answers()
    for action in (lambda: reopen(run.parent, run.name), lambda: look_into(run.parent, run.name, "neuron", 4)):
        with pytest.raises((RunError, ValueError)):
            action()
    (run / "run.json").write_bytes(bomb)
    clear_damaged(data / "runs"), make_room(data / "runs")
    assert not (tmp_path / "went off").exists()
    with pytest.raises(FileNotFoundError):
        (tmp_path / "went off").rmdir()
    pickle.loads(bomb)
    assert (tmp_path / "went off").exists()  # it would have


HOSTILE = [
    "10**10**10",
    "9**9**9**9",
    "(1).__class__",
    "().__class__.__bases__[0].__subclasses__()",
    "__import__('os').system('true')",
    "exp.__globals__",
    "exp(*[1])",
    "exp(x=1)",
    "[1 for x in y]",
    "lambda: 1",
    "1 if 1 else 2",
    "'a'*10**9",
    "(" * 99 + "1" + ")" * 99 + "x",
    "-" * 199 + "x",
    "1+" * 100_000 + "1",
    "1e400",
    "(-1)**0.5",
    "1/0",
    "log(-1)",
    "exp(10000)",
    "f'{1}'",
    "x:=1",
    "\x00",
    "1_0" * 50 + "j",
]


@pytest.mark.parametrize("expression", HOSTILE, ids=lambda text: text[:20].encode("unicode_escape").decode())
def test_arithmetic_that_is_none_is_refused_at_once(expression):
    begun = time.process_time()
    with pytest.raises(ValueError, match="is no arithmetic"):
        evaluate(expression)
    assert time.process_time() - begun < 5  # 10**10**10 takes for ever
