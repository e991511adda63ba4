"""A small task for each way to use a recurrent network, and how well it is done.

Shift     seq2seq   waves of many periods and heights: say the next point
Trend     seq2vec   noisy series: say whether each rises, falls or turns
Play      vec2seq   a number: play the waveform that many times
Reverse   encdec    a word: say it backwards, and then that it has ended
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from math import tau
from typing import ClassVar

import torch
from torch import Tensor

from tuilab.engine.shapes import Examples

LETTERS = "abcdefghijklmnopqrstuvwxyz"
END = "."  # stands before what a decoder says, and after it
TRENDS = ("rises", "falls", "turns")
PERIODS, HEIGHTS = (5.0, 12.0), (0.5, 1.0)  # of the waves
TIMES = (1.0, 3.0)  # that a waveform is played
SIGNS = len(END + LETTERS)


class ShapeTask(ABC):
    """What is learnt. `length` counts points, or the letters of the longest word."""

    form: ClassVar[str]
    sizes: ClassVar[tuple[int, int]] = (1, 1)  # numbers in, and out, at a step
    classes: ClassVar[Sequence[str]] = ()  # what is said, where it is no number
    unknown: ClassVar[int] = 0  # first steps out that nobody could know, and that are not judged

    def __init__(self, length: int) -> None:
        self.length = length

    @abstractmethod
    def draw(self, count: int, generator: torch.Generator) -> Examples:
        """Draw some examples."""

    def held_out(self, count: int) -> Examples:
        """Examples to judge by, the same each time: random numbers, none of which is met in training but by chance."""
        return self.draw(count, torch.Generator().manual_seed(2**31))

    def judge(self, said: Tensor, targets: Tensor) -> Tensor:
        """Of each example (batch,): the typical error of the steps that are judged, or 1 where all is right."""
        if self.classes:
            return (said.argmax(-1) == targets).all(0).float()
        return ((said - targets) ** 2)[self.unknown :].mean((0, 2)).sqrt()

    def measure(self, judged: Tensor) -> float:
        """All examples together: the typical error, or the share that is right."""
        return float(judged.mean() if self.classes else (judged**2).mean().sqrt())


def uniform(count: int, bounds: tuple[float, float], generator: torch.Generator) -> Tensor:
    """(1, count)."""
    return torch.empty(1, count).uniform_(*bounds, generator=generator)


class Shift(ShapeTask):
    """Waves: each point is to be followed by the next. The first three points tell which wave it is."""

    form, unknown = "seq2seq", 3

    def draw(self, count: int, generator: torch.Generator) -> Examples:
        """Inputs and targets (length, count, 1)."""
        period, height = uniform(count, PERIODS, generator), uniform(count, HEIGHTS, generator)
        phase = uniform(count, (0, tau), generator)
        wave = height * torch.sin(tau * torch.arange(self.length + 1.0)[:, None] / period + phase)
        return Examples(wave[:-1, :, None], wave[1:, :, None])


class Trend(ShapeTask):
    """Noisy series: a third of them rises, a third falls, a third turns, upwards or downwards, near the middle."""

    form, sizes, classes = "seq2vec", (1, 3), TRENDS

    def __init__(self, length: int, noise: float) -> None:
        super().__init__(length)
        self.noise = noise

    def draw(self, count: int, generator: torch.Generator) -> Examples:
        """Inputs (length, count, 1), targets (1, count)."""
        classes = torch.randint(3, (1, count), generator=generator)
        at = torch.linspace(-1, 1, self.length)[:, None]
        turn, height = uniform(count, (-0.3, 0.3), generator), uniform(count, (0.6, 1.0), generator)
        up = torch.randint(2, (1, count), generator=generator) * 2.0 - 1
        turning = up * (1 - 2 * (at - turn).abs() / (1 + turn.abs()))
        clean = torch.where(classes == 0, at, torch.where(classes == 1, -at, turning))
        noise = self.noise * torch.randn(self.length, count, generator=generator)
        return Examples((height * clean + noise)[..., None], classes)


class Play(ShapeTask):
    """A number, from 1 to 3: how often the waveform is to be played in so many steps."""

    form = "vec2seq"

    def __init__(self, length: int, wave: str) -> None:
        super().__init__(length)
        self.wave = wave

    def draw(self, count: int, generator: torch.Generator) -> Examples:
        """Inputs (1, count, 1), targets (length, count, 1)."""
        times = uniform(count, TIMES, generator)
        return Examples(times[..., None], self.played(times)[..., None])

    def played(self, times: Tensor) -> Tensor:
        """The waveform, (length, count), for `times` (1, count)."""
        place = times * torch.arange(self.length, dtype=times.dtype)[:, None] / self.length
        if self.wave == "triangle":
            return 1 - 4 * ((place + 0.25) % 1 - 0.5).abs()
        return torch.sin(tau * place)


class Reverse(ShapeTask):
    """Words of any letters, in each batch of one length."""

    form, sizes, classes = "encdec", (SIGNS, SIGNS), END + LETTERS

    def draw(self, count: int, generator: torch.Generator) -> Examples:
        """Inputs (letters, count, 27), one-hot, targets (letters + 1, count), with the end."""
        letters = int(torch.randint(1, self.length + 1, (1,), generator=generator))
        return self.examples(torch.randint(1, SIGNS, (letters, count), generator=generator))

    def held_out(self, count: int) -> Examples:
        """The longest words."""
        generator = torch.Generator().manual_seed(2**31)
        return self.examples(torch.randint(1, SIGNS, (self.length, count), generator=generator))

    def examples(self, words: Tensor) -> Examples:
        """Of words (letters, count), each letter by its place among the classes."""
        targets = torch.cat([words.flip(0), torch.zeros_like(words[:1])])
        return Examples(torch.nn.functional.one_hot(words, SIGNS).float(), targets)


def task_of(form: str, length: int, wave: str, noise: float) -> ShapeTask:
    """The task of a form; `wave` is what is played, `noise` the standard deviation in the noisy series."""
    match form:
        case "seq2seq":
            return Shift(length)
        case "seq2vec":
            return Trend(length, noise)
        case "vec2seq":
            return Play(length, wave)
        case _:
            return Reverse(length)
