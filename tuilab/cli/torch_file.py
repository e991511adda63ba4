"""Takes a trained network home: its weights in a file, by the names that torch's own layers have."""

import sys
from pathlib import Path
from typing import Any

from tuilab.cli.errors import CommandError
from tuilab.cli.wrapping import wrapped
from tuilab.labs.forecast.network import torchs_layer
from tuilab.labs.forecast.spec import AnyForecast
from tuilab.labs.spelling import spell

_SAFE, _PICKLES = ".safetensors", (".pt", ".pth")


def take_home(run: str, to: str | None, shared: bool) -> int:
    """Write the weights of a kept forecast to a file, as its ending says, and say how torch loads them."""
    if shared or not to:
        raise CommandError("--as torch needs the file that is to be written, for oneself: --to model.safetensors.")
    path = Path(to)
    if path.suffix not in (_SAFE, *_PICKLES):
        raise CommandError(f"{to} is not allowed: the file of --as torch ends with {_SAFE} or {_PICKLES[0]}.")
    from tuilab.labs.forecast.kept import trained

    try:
        training = trained(run)
        _write(path, training.model.to_torch())
    except ValueError as error:
        raise CommandError(f"{run}: {error}") from None
    except OSError as error:
        raise CommandError(f"{to} cannot be written: {error.strerror or error}.") from None
    said = f"Saved the weights of {spell(training.spec)} after {training.step:,} steps in {to}. In torch:"
    print(wrapped(said, sys.stdout))
    print(_loading(training.spec, path))
    return 0


def _write(path: Path, weights: dict[str, Any]) -> None:
    from tuilab.exports.weights import save_safetensors, save_torch
    from tuilab.vectors.files import put_in_place

    save = save_safetensors if path.suffix == _SAFE else save_torch
    with put_in_place(path) as file:
        save(weights, file)


def _loading(spec: AnyForecast, path: Path) -> str:
    """The lines that load them."""
    safe = path.suffix == _SAFE
    load = f"load_file({str(path)!r})" if safe else f"torch.load({str(path)!r})"
    return f"""\
    {"from safetensors.torch import load_file" if safe else "import torch"}
    from torch import nn
    recurrent, readout = {torchs_layer(spec)}, nn.Linear({spec.hidden}, 1)
    nn.ModuleDict({{"recurrent": recurrent, "readout": readout}}).load_state_dict({load})"""
