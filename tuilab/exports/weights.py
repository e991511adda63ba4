"""The weights of a run, for torch and for whatever reads safetensors."""

from typing import Any, BinaryIO

from tuilab.exports.errors import ExportError
from tuilab.exports.run import Run
from tuilab.labs import catalogue


def write(run: Run, file: BinaryIO) -> str:
    """A safetensors file; its metadata say what was trained, and for how many steps."""
    weights = weights_of(run)
    save_safetensors(weights, file, {"spelling": run.name, "step": str(run.saved)})
    return _said(weights, run)


def write_torch(run: Run, file: BinaryIO) -> str:
    """A state dict, which torch.load reads with weights_only=True."""
    weights = weights_of(run)
    save_torch(weights, file)
    return _said(weights, run)


def weights_of(run: Run) -> dict[str, Any]:
    """Tensors by their names: torch's, where it has such a layer, else the lab's. Raises ExportError."""
    state = run.state()
    try:
        found: dict[str, Any] = catalogue.part(run.spec.kind, "experiment").weights(run.spec, state)
    except KeyError as error:
        raise ExportError(f"{run.name} cannot be read: it has no {error.args[0]}; train again.") from None
    return found


def save_safetensors(weights: dict[str, Any], file: BinaryIO, metadata: dict[str, str] | None = None) -> None:
    """Write tensors, and say that they are torch's."""
    from safetensors.torch import save

    file.write(save(_plain(weights), {"format": "pt", **(metadata or {})}))


def save_torch(weights: dict[str, Any], file: BinaryIO) -> None:
    """Write tensors as a state dict."""
    import torch

    torch.save(_plain(weights), file)


def _plain(weights: dict[str, Any]) -> dict[str, Any]:
    return {name: tensor.detach().cpu().contiguous() for name, tensor in weights.items()}


def _said(weights: dict[str, Any], run: Run) -> str:
    return f"The {len(weights)} arrays of weights after {run.saved:,} steps"
