"""Lets a trained forecast go on by itself, and holds what it says against the truth."""

import numpy as np
import torch
from torch import Tensor

from tuilab.engine.baselines import naive, rmse, seasonal_naive
from tuilab.engine.drift import drift, lasted
from tuilab.engine.forecaster import Forecaster, generate, one_ahead
from tuilab.engine.series import SineSeries
from tuilab.labs.forecast.genspec import STEPS, DriftFound, Generate, Generated, Naive
from tuilab.labs.forecast.own import OwnSeries

CURVE_POINTS = 400  # at most, of the series as it is drawn behind the window to choose


def of_sine(model: Forecaster, series: SineSeries, length: int, question: Generate) -> Generated:
    """Go on from `length` points. Raises ValueError with a sentence where that cannot be."""
    first, last, steps = max(question.first, 0), series.points - length, question.steps or STEPS
    if first > last:
        raise ValueError(
            f"generate: first={question.first} is not allowed: a window of {length} points that begins on the "
            f"series has first from 0 to {last}."
        )
    places = series.places(first, length + steps)
    angles = question.frequency * places + question.phase
    wave = torch.zeros(length) if question.prompt == "zeros" else torch.sin(angles).float()
    device = next(model.parameters()).device
    said = generate(model, wave[:length].to(device), steps).cpu()
    _must_be_finite(said.numpy())
    stride = -(-series.points // CURVE_POINTS)
    generated = Generated(
        x=places.tolist(),
        truth=[],
        values=torch.cat([wave[:length], said]).tolist(),
        prompt=length,
        rmse=None,
        curve_x=series.places(0, series.points)[::stride].tolist(),
        curve=series.values(0, series.points)[::stride].tolist(),
    )
    if question.prompt == "zeros":
        return generated
    forced = one_ahead(model, wave[:-1].unfold(0, length, 1).to(device)).cpu()
    return _held_against(generated, wave, forced, angles, question.lost)


def _must_be_finite(said: np.ndarray) -> None:
    if not np.isfinite(said).all():
        raise ValueError("The network's weights ran away, and so does what it generates; train again.")


def _held_against(generated: Generated, wave: Tensor, forced: Tensor, angles: Tensor, lost: float) -> Generated:
    """The same with the truth beside it, and all that follows from that."""
    own = generated.own
    said, truth = np.array(generated.values[own]), wave[own].double().numpy()
    errors = np.abs(said - truth)
    moved = drift(said, angles[own].numpy())
    found = None
    if moved is not None:
        ends = [generated.x[generated.prompt + place] for place in moved.last]
        found = DriftFound(ends, moved.amplitude.tolist(), moved.phase.tolist())
    return Generated(
        x=generated.x,
        truth=wave.tolist(),
        values=generated.values,
        prompt=generated.prompt,
        rmse=rmse(truth, said),
        curve_x=generated.curve_x,
        curve=generated.curve,
        forced=forced.tolist(),
        forced_rmse=rmse(truth, forced.double().numpy()),
        errors=errors.tolist(),
        lost=lost,
        lasted=lasted(errors, lost),
        drift=found,
    )


def of_own(model: Forecaster, series: OwnSeries, question: Generate) -> Generated:
    """Go on from a window of a learner's own series. Raises ValueError where that leads beyond it."""
    values, length, lag, split = series.prepared.values, series.length, series.prepared.lag, series.prepared.split
    if question.prompt != "curve":
        raise ValueError(
            f"generate: prompt={question.prompt} is for sin(x); a series of your own goes on from a window of it."
        )
    steps = question.steps or split.held
    last = len(values) - lag - length - steps
    first = split.first_held - length - lag if question.first < 0 else question.first
    if first > last:
        raise ValueError(
            f"generate: first={first} with steps={steps} leads beyond the series; "
            + (f"first is at most {last}." if last >= 0 else f"steps is at most {steps + last}.")
        )
    begin = first + lag + length
    shown, own = slice(begin - length, begin + steps), slice(begin, begin + steps)
    said, forced, truth = series.free(model, begin, steps), series.ahead(model, begin, steps), values[own]
    _must_be_finite(said)
    drawn = series.drawn()
    return Generated(
        x=[float(row + 1) for row in range(shown.start, shown.stop)],
        truth=values[shown].tolist(),
        values=[*values[begin - length : begin].tolist(), *said.tolist()],
        prompt=length,
        rmse=rmse(truth, said),
        curve_x=[float(row + 1) for row in drawn],
        curve=values[drawn].tolist(),
        forced=forced.tolist(),
        forced_rmse=rmse(truth, forced),
        errors=np.abs(said - truth).tolist(),
        column=series.series.column,
        held=split.first_held + 1,
        naive=_naive(values[:begin], truth, series.season),
    )


def _naive(history: np.ndarray, truth: np.ndarray, season: int) -> Naive:
    """The seasonal naive forecast, where there is a season and the history has one whole."""
    seasonal = 1 < season <= len(history)
    said = seasonal_naive(history, season, len(truth)) if seasonal else naive(history, len(truth))
    return Naive("seasonal naive" if seasonal else "naive", said.tolist(), rmse(truth, said))
