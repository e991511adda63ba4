"""Runs programs that were taken home where there is torch, and neither tuilab nor numpy: importing them fails."""

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

_PARENT = """\
import json, os, runpy, signal, sys, traceback, warnings
warnings.simplefilter("ignore")
for name in ("tuilab", "numpy", "msgspec", "safetensors"):
    sys.modules[name] = None  # importing it fails
import torch

weight = torch.ones(1, requires_grad=True)  # what takes a second the first time is not taken in each child
(weight * weight).backward()
torch.optim.Adam([weight]).step()

for line in sys.stdin:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        signal.alarm(600)
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        failed, sys.argv = 0, [json.loads(line)]
        try:
            runpy.run_path(sys.argv[0], run_name="__main__")
        except BaseException:
            failed = 1
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(failed)
    os.close(writing)
    with os.fdopen(reading) as printed:
        text = printed.read()
    print(json.dumps([os.waitpid(child, 0)[1], text]), flush=True)
"""


@cache
def _parent() -> "subprocess.Popen[str]":
    """The process that the others are forked from; it ends with its input."""
    python = [sys.executable, "-I", "-c", _PARENT]
    empty = tempfile.mkdtemp()
    return subprocess.Popen(python, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=empty)


def run(path: Path) -> tuple[bool, str]:
    """Whether a program went well, and what it printed."""
    parent = _parent()
    assert parent.stdin and parent.stdout
    parent.stdin.write(json.dumps(str(path)) + "\n")
    parent.stdin.flush()
    status, printed = json.loads(parent.stdout.readline())
    return status == 0, str(printed)
