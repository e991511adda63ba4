"""One unit of a layer at one time step, on the way back."""

from typing import Any

import torch
from torch import Tensor

from tuilab.engine.cells.lstm import peep_back
from tuilab.engine.walk import Backwards, Task
from tuilab.labs.cell.spec import GATE_NAMES, Back


class WayBack:
    """Reads the gradients of unit `u` at step `t`."""

    def __init__(self, task: Task, step: Any, passed: Backwards, t: int, u: int) -> None:
        self.task, self.u, self.kind = task, u, task.kind
        self.hidden = task.weights[1].shape[1]
        self.step, self.terms = step, passed.terms[t:]
        self.own, self.carried = passed.d_own[t], passed.d_carried[t]
        self.before = passed.d_before[t]
        self.above = passed.above.terms[t].da if passed.above is not None else torch.empty(0)
        self.d = type(self.own)(*(a + b for a, b in zip(self.own, self.carried, strict=True)))

    def at(self, tensor: Tensor) -> float:
        """The unit's own number in (batch, hidden)."""
        return float(tensor[0, self.u])

    def gate(self, name: str, held: bool) -> Back:
        """One gate; through one that is held comes nothing."""
        number = GATE_NAMES[self.kind.cell].index(name)
        value = self.at(getattr(self.step, name))
        slope = 1 - value**2 if name in ("g", "n", "h") else value * (1 - value)
        da_all, U_out = self._of_all(name), self.task.weights[1][self._rows(number), self.u]
        dW = torch.stack([term.weight_ih[number] for term in self.terms])
        dU = torch.stack([term.weight_hh[number] for term in self.terms])
        dP, P_out, to_C = self._peephole(name, da_all)
        return Back(
            d=self._d(name), slope=0.0 if held else slope, da=float(da_all[self.u]),
            dW=dW[0].tolist(), dW_sum=dW.sum(0).tolist(), dU=dU[0].tolist(), dU_sum=dU.sum(0).tolist(),
            dP=dP[0].tolist() if len(dP) else [], dP_sum=dP.sum(0).tolist() if len(dP) else [],
            db_sum=sum(float(term.da[number * self.hidden + self.u]) for term in self.terms),
            dc_sum=sum(float(term.dc[number * self.hidden + self.u]) for term in self.terms),
            da_all=da_all.tolist(), U_out=U_out.tolist(), to_h=self._to_h(name, da_all, U_out),
            P_out=P_out, to_C=to_C,
        )  # fmt: skip

    def dC_own(self) -> float:
        """What the gradient of C gets at this step: through tanh, and through the peephole of o."""
        through = self.d.h * self.step.o * (1 - torch.tanh(self.step.C) ** 2)
        if len(self.task.weights) == 5:
            through = through + peep_back(self._of_all("o")[None], self.task.weights[4].chunk(3)[2])
        return self.at(through)

    def _rows(self, number: int) -> slice:
        return slice(number * self.hidden, (number + 1) * self.hidden)

    def _of_all(self, name: str) -> Tensor:
        """da of a gate in all units; of a batch of one it is the bias's own term."""
        da: Tensor = self.terms[0].da[self._rows(GATE_NAMES[self.kind.cell].index(name))]
        return da

    def _to_h(self, name: str, da_all: Tensor, U_out: Tensor) -> float:
        """A GRU's candidate hears h(t-1) through r."""
        if name != "n":
            return float(U_out @ da_all)
        if self.kind.reset == "after":
            return float(U_out @ (da_all * self.step.r[0]))
        return float(U_out @ da_all) * self.at(self.step.r)

    def _peephole(self, name: str, da_all: Tensor) -> tuple[Tensor, list[float], float]:
        """The terms of the gradients, the weights out of the unit's cell state, and what goes back through them."""
        if len(self.task.weights) < 5 or name == "g":
            return da_all.new_empty(0), [], 0.0
        number = "ifo".index(name)
        dP = torch.stack([term.weight_ch[number] for term in self.terms if term.weight_ch is not None])
        P = self.task.weights[4].chunk(3)[number]
        P_out = P[:, self.u] if P.dim() == 2 else P[self.u : self.u + 1]
        return dP, P_out.tolist(), self.at(peep_back(da_all[None], P))

    def _d(self, name: str) -> float:
        """The gradient of the loss with respect to what comes out of a gate."""
        step, dh = self.step, self.at(self.d.h)
        if self.kind.cell == "rnn":
            return dh
        if self.kind.cell == "lstm":
            if name == "o":
                return dh * self.at(torch.tanh(step.C))
            dC = self.at(self.d.C) + self.dC_own()
            return dC * self.at({"i": step.g, "f": step.before.C, "g": step.i}[name])
        if name == "r":
            return self._d_reset()
        return dh * (self.at(step.n) - self.at(step.before.h)) if name == "z" else dh * self.at(step.z)

    def _d_reset(self) -> float:
        da_n = self._of_all("n")
        if self.kind.reset == "after":
            return float(da_n[self.u]) * self.at(self.step.m)
        return float(da_n @ self.task.weights[1][self._rows(2), self.u]) * self.at(self.step.before.h)
