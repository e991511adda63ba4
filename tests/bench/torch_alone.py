"""Every lab that trains, taken home as a program, in an environment of its own that holds torch and what torch needs.

The environment is made here, by `python -m venv` and pip, with the torch that this one has. Each program holds its
losses against those that the lab recorded, and says whether they are the same within its tolerance.
"""

import subprocess
import sys
import tempfile
import venv
from importlib.metadata import version
from pathlib import Path

from tests.bench.report import Row, show
from tests.exports.runs import keep
from tuilab import exports

TRAINED = (
    "neuron",
    "forecast steps=500",
    "forecast cell=gru reset=before layers=2 steps=100",
    "forecast cell=lstm peephole=full steps=100",
    "forecast data=milk steps=200",
    "shapes steps=300",
    "shapes form=seq2vec steps=300",
    "shapes form=vec2seq steps=300",
    "shapes form=encdec steps=300",
    "gradients steps=200",
    "gradients network=rnn activation=tanh init=orthogonal steps=100",
    "memory ago=5,10 steps=100",
    "race steps=60",
    "words dimensions=16 epochs=1",
)


def measure() -> list[Row]:
    """Make the environment, and run a program of each."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="tuilab-alone-") as folder:
        python = _environment(Path(folder, "env"))
        held = subprocess.run(
            [python, "-m", "pip", "list", "--format=freeze"], check=False, capture_output=True, text=True
        )
        there = {line.split("==")[0].lower() for line in held.stdout.splitlines()}
        rows.append(Row("packages there", f"{len(there)}", "", None, "no tuilab, no numpy", _is_bare(there)))
        for number, spelling in enumerate(TRAINED):
            path = Path(folder, "home", f"{number}.py")
            path.parent.mkdir(exist_ok=True)
            exports.write(keep(Path(folder, "runs"), spelling), "program", path)
            done = subprocess.run([python, "-I", path], check=False, capture_output=True, text=True, cwd=path.parent)
            said = (done.stdout.strip().splitlines() or [""])[-1] + done.stderr.strip()[-200:]
            rows.append(Row(spelling, said, "the lab", None, "the same", done.returncode == 0 and "The same" in said))
            print(f"{spelling}: {said}", file=sys.stderr, flush=True)
    return rows


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    torch = version("torch").split("+")[0]
    subprocess.run([python, "-m", "pip", "install", "-q", f"torch=={torch}"], check=True)
    return python


def _is_bare(there: set[str]) -> bool:
    return "torch" in there and not there & {"tuilab", "numpy", "msgspec", "safetensors"}


if __name__ == "__main__":
    sys.exit(show(measure()))
