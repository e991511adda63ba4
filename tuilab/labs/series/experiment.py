"""Runs the series lab."""

import math

import torch
from torch import Tensor

from tuilab.engine.series import SineSeries, cut, draw
from tuilab.engine.waves import alias, sampling_limit, sawtooth, sine, sines, square
from tuilab.labs.series.spec import Series, SeriesTrace, SeriesWindow

FEW, FINE, MOST = 10, 24, 6000  # points in a period below which the wave itself is drawn too; places for that


def answer(spec: Series) -> SeriesTrace:
    """Sample the wave, and draw windows of it as the training steps up to this one would."""
    places = SineSeries(spec.begin, spec.end, spec.points).places(0, spec.points)
    values = _values(spec, places)
    generator = torch.Generator().manual_seed(spec.seed)
    for _ in range(spec.step + 1):
        first = draw(spec.points, spec.length, spec.batch, generator)
    inputs, targets = cut(values, first, spec.length)
    windows = [
        SeriesWindow(at, float(places[at]), inputs[row, :, 0].tolist(), targets[row, :, 0].tolist())
        for row, at in enumerate(first[:, 0].tolist())
    ]
    fine = _between(spec)
    return SeriesTrace(
        inputs=list(inputs.shape),
        targets=list(targets.shape),
        spacing=spec.spacing,
        places=spec.points - spec.length,
        limit=sampling_limit(spec.spacing),
        alias=alias(spec.highest, spec.spacing),
        windows=windows,
        values=values.tolist(),
        wave_x=fine.tolist(),
        wave=_wave(spec, fine).tolist() if len(fine) else [],
    )


def _values(spec: Series, places: Tensor) -> Tensor:
    """The series at its places, float32 as a network gets it; the noise has a generator of its own."""
    generator = torch.Generator().manual_seed(spec.seed)
    values = _normal(places, generator) if spec.wave == "noise" else _wave(spec, places)
    if spec.noise:
        values = values + spec.noise * _normal(places, generator)
    return values.float()


def _wave(spec: Series, x: Tensor) -> Tensor:
    if spec.wave == "sum":
        return sines(x, spec.sines)
    return {"sine": sine, "sawtooth": sawtooth, "square": square}[spec.wave](spec.frequency * x)


def _normal(places: Tensor, generator: torch.Generator) -> Tensor:
    return torch.randn(len(places), generator=generator, dtype=places.dtype)


def _between(spec: Series) -> Tensor:
    """Places between the points, where these are too few to show the wave."""
    periods = spec.highest * (spec.end - spec.begin) / (2 * math.pi)
    if spec.points >= FEW * periods:
        return torch.empty(0, dtype=torch.float64)
    count = min(MOST, max(2, math.ceil(FINE * periods)))
    return torch.linspace(spec.begin, spec.end, count, dtype=torch.float64)
