"""The cells against torch's own layers and a jitted JAX scan: `python -m tests.bench.cells`; about four minutes.

One thread each, on one processor; hidden 100, input 1, Adam, the gradient norm clipped and read, the loss read every
step. Each engine runs all settings in a process of its own, three times, in turns; the median counts. JAX (with optax,
`pip install '.[bench]'`) is left out where it is not installed; its compiling is not counted.
"""

import argparse
import importlib.util
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.bench.report import Row, show

CELLS, BATCHES, LENGTHS, HIDDEN = ("rnn", "lstm", "gru"), (1, 32), (30, 200), 100
LR, CLIP, SECONDS, REPEATS, TURNS = 1e-3, 1.0, 0.8, 3, 7
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1",
    "JAX_PLATFORMS": "cpu",
}
Step = Callable[[], None]


def settings() -> Iterator[tuple[str, int, int]]:
    for cell in CELLS:
        for batch in BATCHES:
            for length in LENGTHS:
                yield cell, batch, length


def ours(cell: str, batch: int, length: int) -> Step:
    import torch

    from tuilab.engine.layer import Kind, Recurrent
    from tuilab.engine.readout import ReadOut
    from tuilab.engine.training import Trainer

    layer, readout = Recurrent(Kind(cell), 1, HIDDEN), ReadOut(HIDDEN, 1, torch.Generator())
    trainer = Trainer([*layer.parameters(), *readout.parameters()], "adam", LR, CLIP)
    x, y = torch.randn(length, batch, 1), torch.randn(length, batch, 1)

    def step() -> None:
        trainer.descend(lambda: layer.backpropagate(x, partial(readout.squared_error, targets=y)))

    return step


def torchs(cell: str, batch: int, length: int) -> Step:
    import torch
    from torch import nn

    layer, readout = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}[cell](1, HIDDEN), nn.Linear(HIDDEN, 1)
    parameters = [*layer.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(parameters, lr=LR)
    x, y = torch.randn(length, batch, 1), torch.randn(length, batch, 1)

    def step() -> None:
        loss = ((readout(layer(x)[0]) - y) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        norm = nn.utils.clip_grad_norm_(parameters, CLIP)
        optimiser.step()
        loss.item(), norm.item()

    return step


def jaxs(cell: str, batch: int, length: int) -> Step:
    import jax
    import jax.numpy as jnp
    import optax

    gates = {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    keys = jax.random.split(jax.random.key(0), 7)
    shapes = [(1, gates * HIDDEN), (HIDDEN, gates * HIDDEN), (gates * HIDDEN,), (gates * HIDDEN,), (HIDDEN, 1), (1,)]
    bound = HIDDEN**-0.5
    pairs = zip(keys, shapes, strict=False)
    parameters = [jax.random.uniform(key, shape, minval=-bound, maxval=bound) for key, shape in pairs]
    x, y = jax.random.normal(keys[6], (2, length, batch, 1))

    def scanned(W: Any, U: Any, b: Any, c: Any, xs: Any) -> Any:
        def rnn(state: Any, a: Any) -> Any:
            h = jnp.tanh(a + state[0] @ U + c)
            return (h,), h

        def lstm(state: Any, a: Any) -> Any:
            i, f, g, o = jnp.split(a + state[0] @ U + c, 4, 1)
            C = jax.nn.sigmoid(f) * state[1] + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(C)
            return (h, C), h

        def gru(state: Any, a: Any) -> Any:
            (r, z, n), (u_r, u_z, m) = jnp.split(a, 3, 1), jnp.split(state[0] @ U + c, 3, 1)
            r, z = jax.nn.sigmoid(r + u_r), jax.nn.sigmoid(z + u_z)
            h = (1 - z) * jnp.tanh(n + r * m) + z * state[0]
            return (h,), h

        zero = jnp.zeros((batch, HIDDEN))
        step = {"rnn": rnn, "lstm": lstm, "gru": gru}[cell]
        return jax.lax.scan(step, (zero,) * (2 if cell == "lstm" else 1), xs @ W + b)[1]

    def loss_of(parameters: Any) -> Any:
        *recurrent, V, d = parameters
        return ((scanned(*recurrent, x) @ V + d - y) ** 2).mean()

    optimiser = optax.chain(optax.clip_by_global_norm(CLIP), optax.adam(LR))

    @jax.jit
    def train(parameters: Any, state: Any) -> Any:
        loss, gradients = jax.value_and_grad(loss_of)(parameters)
        updates, state = optimiser.update(gradients, state)
        return optax.apply_updates(parameters, updates), state, loss, optax.global_norm(gradients)

    now: list[Any] = [parameters, optimiser.init(parameters)]

    def step() -> None:
        parameters, state, loss, norm = train(*now)
        now[:] = parameters, state
        float(loss), float(norm)

    return step


ENGINES = {"tuilab": ours, "torch.nn": torchs, "JAX": jaxs}


def rate(step: Step, seconds: float = SECONDS) -> float:
    """Steps a second, the first few left out."""
    for _ in range(5):
        step()
    count, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        step()
        count += 1
    return count / (time.perf_counter() - begun)


def one_engine(name: str) -> dict[str, float]:
    if name != "JAX":
        import torch

        torch.set_num_threads(1)
    return {f"{cell} {batch}/{length}": rate(ENGINES[name](cell, batch, length)) for cell, batch, length in settings()}


def in_a_process(*arguments: str) -> Any:
    """What this module prints when it is run with these arguments, pinned to one processor."""
    processor = str(min(os.sched_getaffinity(0)))
    command = ["taskset", "-c", processor, sys.executable, "-m", "tests.bench.cells", *arguments]
    done = subprocess.run(command, env={**os.environ, **ONE_THREAD}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def norm_cost() -> float:
    """How much longer a step takes because the gradient norms of all time steps are taken: the median of pairs."""
    import torch

    from tuilab.engine import layer

    torch.set_num_threads(1)
    real, costs = layer.norms_of, []
    for cell, batch, length in settings():
        step = ours(cell, batch, length)
        for _ in range(4):
            layer.norms_of = real
            on = rate(step, 0.25)
            layer.norms_of = lambda tape: tape.dh
            costs.append(rate(step, 0.25) / on - 1)
    layer.norms_of = real
    return statistics.median(costs)


def growth() -> dict[str, float]:
    """Time of the largest over time of the smallest, divided by how much larger it is, the worst of the cells."""
    import torch

    torch.set_num_threads(1)
    length = max(_slowdown(ours(cell, 32, 30), ours(cell, 32, 480)) / 16 for cell in CELLS)
    batch = max(_slowdown(ours(cell, 1, 60), ours(cell, 256, 60)) / 256 for cell in CELLS)
    return {"length": length, "batch": batch}


def _slowdown(small: Step, large: Step) -> float:
    """How much longer the large one takes: the median of pairs, one right after the other."""
    return statistics.median(rate(small, 0.4) / rate(large, 0.4) for _ in range(TURNS))


def memory() -> float:
    """Mebibytes that the process has grown by between 1,000 and 10,000 steps, all cells in turn."""
    import psutil

    steps = [ours(cell, 32, 30) for cell in CELLS]
    process = psutil.Process()
    sizes = []
    for number in range(10_000):
        steps[number % len(steps)]()
        if number + 1 in (1_000, 10_000):
            sizes.append(process.memory_info().rss)
    return (sizes[1] - sizes[0]) / 2**20


def _geometric(ratios: list[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def measure() -> list[Row]:
    """All figures."""
    names = [name for name in ENGINES if name != "JAX" or importlib.util.find_spec("optax")]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(REPEATS):
        for name in names:
            runs[name].append(in_a_process("--engine", name))
    median = {
        name: {each: statistics.median(run[each] for run in found) for each in found[0]} for name, found in runs.items()
    }
    rows = []
    for name, least, mean in (("torch.nn", 1.0, 2.0), ("JAX", 0.0, 1.1)):
        if name not in names:
            print(f"{name} is not installed and left out", file=sys.stderr)
            continue
        ratios = {each: median["tuilab"][each] / median[name][each] for each in median[name]}
        for each, ratio in ratios.items():
            now, then = f"{median['tuilab'][each]:.0f} steps/s", f"{name} {median[name][each]:.0f}"
            rows.append(Row(each, now, then, ratio, f"{least:.1f}" if least else "", ratio >= least))
        geometric = _geometric(list(ratios.values()))
        rows.append(Row(f"geometric mean, {name}", "", "", geometric, f"{mean}", geometric >= mean))
    cost, grown, size = (in_a_process("--other", each) for each in ("norm_cost", "growth", "memory"))
    rows.append(Row("norms of all time steps", f"{100 * cost:.1f} %", "without", None, "3 %", cost <= 0.03))
    for name, ratio in grown.items():
        rows.append(Row(f"growth with {name}", f"{ratio:.2f}", "1 is linear", None, "1.0", ratio <= 1.0))
    rows.append(Row("memory, 1,000 to 10,000 steps", f"{size:+.1f} MiB", "", None, "flat", size < 2))
    return rows


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", choices=ENGINES)
    parser.add_argument("--other", choices=("norm_cost", "growth", "memory"))
    chosen = parser.parse_args()
    if chosen.engine:
        print(json.dumps(one_engine(chosen.engine)))
    elif chosen.other:
        print(json.dumps(globals()[chosen.other]()))
    else:
        sys.exit(show(measure()))
