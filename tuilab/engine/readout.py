"""The linear read-out of a recurrent network, and what is lost on it, with the gradients derived by hand."""

import torch
from torch import Tensor, nn


class ReadOut(nn.Linear):
    """y = V·h + c, (..., hidden) to (..., outputs); drawn uniformly from ±1/sqrt(hidden) by a generator.

    The losses below take h (time, batch, hidden). They put their gradient with respect to h into `dh`, of the same
    shape, and those with respect to V and c into the `grad` of these parameters, which has to be there.
    """

    def __init__(self, hidden: int, outputs: int, generator: torch.Generator) -> None:
        with torch.random.fork_rng(devices=[]):  # torch's own first weights, drawn anew
            super().__init__(hidden, outputs)
        bound = hidden**-0.5
        with torch.no_grad():
            for parameter in self.parameters():
                parameter.uniform_(-bound, bound, generator=generator)

    def squared_error(self, h: Tensor, dh: Tensor, targets: Tensor) -> Tensor:
        """The mean of (y - target)² over all steps and outputs, a scalar; targets are (time, batch, outputs)."""
        error = self._said(h.flatten(0, 1)).sub_(targets.flatten(0, 1))
        flat = error.view(-1)
        loss = flat.dot(flat) / flat.numel()
        self._back(error.mul_(2 / flat.numel()), h.flatten(0, 1), dh.flatten(0, 1))
        return loss

    def cross_entropy(self, h: Tensor, dh: Tensor, targets: Tensor) -> Tensor:
        """The mean of -log softmax(y)[target] over the last step alone, a scalar; targets are (batch,)."""
        scores = self._said(h[-1])
        loss = nn.functional.cross_entropy(scores, targets)
        dy = scores.softmax(1)
        dy[torch.arange(len(dy), device=dy.device), targets] -= 1
        dh[:-1] = 0
        self._back(dy.div_(len(dy)), h[-1], dh[-1])
        return loss

    def _said(self, h: Tensor) -> Tensor:
        return torch.addmm(self.bias, h, self.weight.T)

    def _back(self, dy: Tensor, h: Tensor, dh: Tensor) -> None:
        """From dy (n, outputs) to h (n, hidden), V and c."""
        torch.mm(dy.T, h, out=self.weight.grad)
        torch.sum(dy, 0, out=self.bias.grad)
        if self.out_features == 1:
            torch.mul(dy, self.weight, out=dh)  # the same; as a product of matrices it takes ten times as long
        else:
            torch.mm(dy, self.weight, out=dh)
