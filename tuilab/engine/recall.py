"""The task of recalling the symbol that was seen at the first of many time steps."""

import torch
from torch import Tensor, nn

SYMBOLS = 8


def batch(count: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Draw symbols: inputs (count, length, SYMBOLS), one-hot at the first step and blank after it; targets (count,)."""
    targets = torch.randint(SYMBOLS, (count,), generator=generator)
    inputs = torch.zeros(count, length, SYMBOLS)
    inputs[torch.arange(count), 0, targets] = 1
    return inputs, targets


def noisy_batch(count: int, length: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """The same with as many other symbols, of no meaning, at the steps after it: inputs (count, length, 2·SYMBOLS)."""
    targets = torch.randint(SYMBOLS, (count,), generator=generator)
    seen = torch.randint(SYMBOLS, 2 * SYMBOLS, (count, length), generator=generator)
    seen[:, 0] = targets
    return nn.functional.one_hot(seen, 2 * SYMBOLS).float(), targets


class Recall:
    """The symbol seen `ago` steps ago is asked for at the last of `ago` + 1; in between is noise, or blank."""

    name = "recall"

    def __init__(self, ago: int, batch: int, between: str) -> None:
        self.ago, self.batch, self.between = ago, batch, between
        self.inputs, self.outputs = (2 * SYMBOLS if between == "noise" else SYMBOLS), SYMBOLS

    def draw(self, generator: torch.Generator, count: int = 0) -> tuple[Tensor, Tensor]:
        """A batch, of another size where that is asked for; the same generator gives the same batches."""
        draw = noisy_batch if self.between == "noise" else batch
        return draw(count or self.batch, self.ago + 1, generator)
