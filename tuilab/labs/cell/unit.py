"""One unit of a layer at one time step, as a walk has seen it."""

import torch
from torch import Tensor

from tuilab.engine.cells.lstm import peep_back
from tuilab.engine.walk import Pass, Task
from tuilab.labs.cell.spec import GATES, Gate, Walk


class Unit:
    """Reads the numbers of unit `u` at step `t`."""

    def __init__(self, task: Task, passed: Pass, t: int, u: int) -> None:
        self.task, self.passed, self.t, self.u = task, passed, t, u
        self.kind = task.kind
        self.hidden = task.weights[1].shape[1]
        self.step, self.term = passed.steps[t], passed.terms[t]
        self.before, self.after = passed.states[t], passed.states[t + 1]
        own, carried = passed.d_own[t], passed.d_carried[t]
        self.d = type(own)(*(a + b for a, b in zip(own, carried, strict=True)))

    def at(self, tensor: Tensor) -> float:
        """The unit's own number in (batch, hidden)."""
        return float(tensor[0, self.u])

    def seen(self) -> Walk:
        """Everything of the unit at the step."""
        passed, t, task = self.passed, self.t, self.task
        d_before = passed.d_carried[t - 1] if t else passed.d_first
        lstm = self.kind.cell == "lstm"
        after = self.kind.cell == "gru" and self.kind.reset == "after"
        return Walk(
            x=task.x[t, 0].tolist(),
            h_before=self.before.h[0].tolist(),
            C_before=self.at(self.before.C) if lstm else None,
            gates=[self.gate(name) for name in GATES[self.kind.cell]],
            C=self.at(self.after.C) if lstm else None,
            tanh_C=self.at(torch.tanh(self.after.C)) if lstm else None,
            h=self.at(self.after.h),
            prediction=float(passed.predictions[t, 0, 0]),
            readout=float(task.readout[0][0, self.u]),
            target=float(task.targets[t, 0, 0]),
            loss=float(passed.loss),
            dh_own=self.at(passed.d_own[t].h),
            dh_carried=self.at(passed.d_carried[t].h),
            dC_own=self.dC_own() if lstm else None,
            dC_carried=self.at(passed.d_carried[t].C) if lstm else None,
            dh_before=self.at(d_before.h),
            dC_before=self.at(d_before.C) if lstm else None,
            r_all=self.step.r[0].tolist() if self.kind.cell == "gru" else [],
            m=self.at(self.step.m) if after else None,
            C_all_before=self.before.C[0].tolist() if lstm else [],
            C_all=self.after.C[0].tolist() if lstm else [],
        )

    def gate(self, name: str) -> Gate:
        """One gate: what goes in, what comes out, and the way back."""
        row = self._row(name)
        W, U = (weight[row] for weight in self.task.weights[:2])
        Wx, (Uh, b), (PC, P) = float(W @ self.task.x[self.t, 0]), self._recurrent(name, U), self._peephole(name)
        value, held = self.at(getattr(self.step, name)), self._is_held(name)
        slope = 1 - value**2 if name in ("g", "n", "h") else value * (1 - value)
        later = self.passed.terms[self.t :]
        return Gate(
            name=name, Wx=Wx, Uh=Uh, PC=PC, b=b, sum=Wx + Uh + (PC or 0.0) + b, value=value, held=held,
            d=self._d(name), slope=0.0 if held else slope, da=float(self.term.bias_ih[row]),
            dW=float(self.term.weight_ih[row, 0]), dW_sum=sum(float(term.weight_ih[row, 0]) for term in later),
            db_sum=sum(float(term.bias_ih[row]) for term in later),
            U=U.tolist(), W=W.tolist(), P=P,
        )  # fmt: skip

    def dC_own(self) -> float:
        """What the gradient of C gets at this step: through tanh, and through the peephole of o."""
        through = self.d.h * self.step.o * (1 - torch.tanh(self.step.C) ** 2)
        if len(self.task.weights) == 5:
            da_o = self.term.bias_ih[None, 3 * self.hidden :]  # of a batch of one it is da itself
            through = through + peep_back(da_o, self.task.weights[4].chunk(3)[2])
        return self.at(through)

    def _row(self, name: str) -> int:
        return GATES[self.kind.cell].index(name) * self.hidden + self.u

    def _is_held(self, name: str) -> bool:
        return any(
            each.gate == name and each.step in (None, self.t) and each.unit in (None, self.u) for each in self.task.held
        )

    def _recurrent(self, name: str, U: Tensor) -> tuple[float, float]:
        """What the unit hears of the layer's own output, and the bias. A GRU's candidate hears it through r."""
        row, h = self._row(name), self.before.h[0]
        b_ih, b_hh = (float(weight[row]) for weight in self.task.weights[2:4])
        if name != "n":
            return float(U @ h), b_ih + b_hh
        if self.kind.reset == "after":
            return self.at(self.step.r * self.step.m), b_ih
        return float(U @ (self.step.r[0] * h)), b_ih + b_hh

    def _peephole(self, name: str) -> tuple[float | None, list[float]]:
        """What the gate sees of the cell state, and the weights that it sees it through."""
        if len(self.task.weights) < 5 or name == "g":
            return None, []
        P = self.task.weights[4].chunk(3)["ifo".index(name)][self.u]
        C = (self.after if name == "o" else self.before).C[0]
        return float(P @ C if P.dim() else P * C[self.u]), P.reshape(-1).tolist()

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
        da_n = self.term.bias_ih[2 * self.hidden :]
        if self.kind.reset == "after":
            return float(da_n[self.u]) * self.at(self.step.m)
        return float((da_n @ self.task.weights[1][2 * self.hidden :])[self.u]) * self.at(self.before.h)
