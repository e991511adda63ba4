"""Runs the gates lab."""

from typing import Any

import torch

from tuilab.engine.walk import forwards
from tuilab.labs.cell.models import fresh, trained
from tuilab.labs.gates.spec import MAPS, Gates, GatesTrace, Map


def answer(spec: Gates) -> GatesTrace:
    """Walk through the window. Raises ValueError with a sentence."""
    model = trained(spec) if spec.model else fresh(spec)
    passed, cell = forwards(model.task), model.task.kind.cell

    def over_time(name: str) -> list[list[float]]:
        states: list[Any] = passed.states[1:] if name in ("C", "h") else passed.steps
        return torch.stack([getattr(each, name)[0] for each in states]).T.tolist()

    return GatesTrace(
        cell=cell,
        peephole=model.task.kind.peephole,
        reset=model.task.kind.reset,
        hidden=model.hidden,
        maps=[Map(name, over_time(name)) for name in MAPS[cell]],
        x=model.inputs.tolist(),
        said=passed.predictions[:, 0, 0].tolist(),
        target=model.task.targets[:, 0, 0].tolist(),
        loss=float(passed.loss),
        about=model.about,
        snapshots=list(model.snapshots),
        layers=model.layer + 1,
        shapes=list(model.task.kind.shapes(1, model.hidden).values()),
        file=model.file,
        turned=model.turned,
        run=model.run,
    )
