"""Training steps a second of the gradients lab with its heatmap on the screen, 120x40, against the bare loop.

50 layers of 100 units, batches of 64. The bare loop is the same network and task, forwards, back, and the update: no
gradient norm, no history, no messages, no screen. Both are counted by the clock on the wall, on one thread, at the
priority of the worker, in turns: each of the lab's is compared with the mean of the bare loop's before and after it, so
that a machine whose speed drifts favours neither; the ratio is the median of all turns.
"""

import os
import re
import subprocess
import sys
import time
from itertools import pairwise
from statistics import median

from tests.bench.report import Row, show
from tests.bench.training import next_progress
from tests.support.terminal import tuilab

LEAST, NICE, WARM_UP = 0.9, 19, 1.0
SPELLING = "gradients depth=50 width=100 batch=64 activation={activation} init={init} lr=0.01 steps=1000000"
BARE = """\
import sys, time, torch
torch.set_num_threads(1)
from tuilab.engine.deep.networks import Stack, cross_entropy
from tuilab.engine.deep.tasks import generator_of, ring
net = Stack(50, 100)
net.activation = {activation!r}
net.draw(({init!r}, 0.1, torch.Generator().manual_seed(1)))

def step(number):
    inputs, targets = ring(64, generator_of(1, number))
    for parameter in net.parameters:
        parameter.grad = None
    cross_entropy(net.read_out(net.watched(inputs)[-1]), targets).backward()
    with torch.no_grad():
        moved = [parameter for parameter in net.parameters if parameter.grad is not None]
        torch._foreach_add_(moved, [parameter.grad for parameter in moved], alpha=-0.01)

number, until = 0, time.perf_counter() + {warm_up}
while time.perf_counter() < until:
    step(number)
    number += 1
first, begun = number, time.perf_counter()
while time.perf_counter() < begun + {seconds}:
    step(number)
    number += 1
print((number - first) / (time.perf_counter() - begun))
"""


def measure(rounds: int = 12, seconds: float = 3.0) -> list[Row]:
    """A network whose gradient stays, and one whose gradient vanishes."""
    return [_measure("relu", "he", rounds, seconds), _measure("sigmoid", "xavier", rounds, seconds)]


def _measure(activation: str, init: str, rounds: int, seconds: float) -> Row:
    shown, bare = list[float](), list[float]()
    with tuilab("open", SPELLING.format(activation=activation, init=init)) as terminal:
        terminal.until(lambda text: "space trains" in text)
        bare.append(_bare(activation, init, seconds))
        terminal.press("space")
        for _ in range(rounds):
            terminal.until(lambda text: "running" in text)
            time.sleep(WARM_UP)
            first, begun = next_progress(terminal)
            time.sleep(seconds)
            last, ended = next_progress(terminal)
            shown.append((last - first) / (ended - begun))
            terminal.press("space")
            terminal.until(lambda text: re.search(r"paused", text) is not None)
            bare.append(_bare(activation, init, seconds))
            terminal.press("space")
    ratio = median(lab / (sum(around) / 2) for lab, around in zip(shown, pairwise(bare), strict=True))
    compared = f"{median(bare):.0f} steps/s, bare loop"
    asked = f"at least {LEAST} times"
    figure = f"gradients, 50 layers of 100, {activation}"
    return Row(figure, f"{median(shown):.0f} steps/s", compared, ratio, asked, ratio >= LEAST)


def _bare(activation: str, init: str, seconds: float) -> float:
    program = BARE.format(activation=activation, init=init, seconds=seconds, warm_up=WARM_UP)
    done = subprocess.run(
        ["nice", "-n", str(NICE), sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    return float(done.stdout)


if __name__ == "__main__":
    sys.exit(show(measure()))
