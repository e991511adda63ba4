"""One unit of a layer at one time step, as a walk has seen it."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from tuilab.engine.walk import Backwards, Forwards, Task
from tuilab.labs.cell.back import WayBack
from tuilab.labs.cell.spec import GATE_NAMES, Classes, Gate, Walk


class Said(NamedTuple):
    """What is said and what should be; of classes `row` of the read-out is that of the right one."""

    prediction: float | None
    target: float | None
    row: int = 0
    classes: Classes | None = None


class Unit:
    """Reads the numbers of unit `u` at step `t`; `names` are those of the classes that are said."""

    def __init__(
        self, task: Task, passed: Forwards, back: Backwards, t: int, u: int, *, names: Sequence[str] = ()
    ) -> None:
        self.task, self.passed, self.t, self.u, self.names = task, passed, t, u, list(names)
        self.kind = task.kind
        self.hidden = task.weights[1].shape[1]
        self.step = passed.steps[t]
        self.before, self.after = self.step.before, passed.states[t + 1]
        self.earlier = passed.steps[t - 1].before if t else None
        self.back = WayBack(task, passed.steps[t], back, t, u)

    def at(self, tensor: Tensor) -> float:
        """The unit's own number in (batch, hidden)."""
        return float(tensor[0, self.u])

    def seen(self) -> Walk:
        """Everything of the unit at the step."""
        passed, back, t, task = self.passed, self.back, self.t, self.task
        lstm = self.kind.cell == "lstm"
        said = self.said()
        after = self.kind.cell == "gru" and self.kind.reset == "after"
        return Walk(
            x=task.x[t, 0].tolist(),
            h_before=self.before.h[0].tolist(),
            C_before=self.at(self.before.C) if lstm else None,
            gates=[self.gate(name) for name in GATE_NAMES[self.kind.cell]],
            C=self.at(self.after.C) if lstm else None,
            tanh_C=self.at(torch.tanh(self.after.C)) if lstm else None,
            h=self.at(self.after.h),
            prediction=said.prediction,
            readout=task.readout[0][said.row].tolist(),
            readout_b=float(task.readout[1][said.row]),
            target=said.target,
            loss=float(passed.loss),
            dh_own=self.at(back.own.h),
            dh_carried=self.at(back.carried.h),
            dC_own=back.dC_own() if lstm else None,
            dC_carried=self.at(back.carried.C) if lstm else None,
            dh_before=self.at(back.before.h),
            dC_before=self.at(back.before.C) if lstm else None,
            r_all=self.step.r[0].tolist() if self.kind.cell == "gru" else [],
            m=self.at(self.step.m) if after else None,
            c_n=float(task.weights[3][2 * self.hidden + self.u]) if after else None,
            h_all=self.after.h[0].tolist(),
            C_all_before=self.before.C[0].tolist() if lstm else [],
            C_all=self.after.C[0].tolist() if lstm else [],
            h_earlier=self.earlier.h[0].tolist() if self.earlier else [],
            C_earlier=self.at(self.earlier.C) if lstm and self.earlier else None,
            outs=len(passed.predictions),
            classes=said.classes,
            W_above=task.above.weights[0][:, self.u].tolist() if task.above is not None else [],
            da_above=back.above.tolist(),
            h_held=self._units_held("h", t),
            C_held=self.u in self._units_held("C", t),
            held_next=[state for state in "hC" if self.u in self._units_held(state, t + 1)],
        )

    def _units_held(self, state: str, t: int) -> list[int]:
        """The units whose state is held as a step begins."""
        held = (each for each in self.task.held if (each.gate, each.step) == (f"{state}_before", t))
        return sorted({each.unit for each in held if each.unit is not None})

    def said(self) -> "Said":
        """What is said at the step, if anything is."""
        task, t = self.task, self.t - self.task.first_out
        if task.decoder is not None or task.above is not None or t < 0:
            return Said(None, None)
        said = self.passed.predictions[t, 0]
        if task.targets.is_floating_point():
            return Said(float(said), float(task.targets[t, 0]))
        right, chances = int(task.targets[t, 0]), said.softmax(-1).tolist()
        weights = task.readout[0][:, self.u].tolist()
        return Said(chances[right], 1.0, right, Classes(self.names, chances, right, weights))

    def gate(self, name: str) -> Gate:
        """One gate: what goes in, what comes out, and the way back."""
        row = GATE_NAMES[self.kind.cell].index(name) * self.hidden + self.u
        W, U = (weight[row] for weight in self.task.weights[:2])
        Wx, (Uh, b), (PC, P) = float(W @ self.task.x[self.t, 0]), self._recurrent(name, U, row), self._peephole(name)
        held = self._is_held(name)
        return Gate(
            name=name, Wx=Wx, Uh=Uh, PC=PC, b=b, sum=Wx + Uh + (PC or 0.0) + b,
            value=self.at(getattr(self.step, name)), held=held,
            U=U.tolist(), W=W.tolist(), P=P, back=self.back.gate(name, held),
        )  # fmt: skip

    def _is_held(self, name: str) -> bool:
        return any(
            each.gate == name and each.step in (None, self.t) and each.unit in (None, self.u) for each in self.task.held
        )

    def _recurrent(self, name: str, U: Tensor, row: int) -> tuple[float, float]:
        """What the unit hears of the layer's own output, and the bias. A GRU's candidate hears it through r."""
        h = self.before.h[0]
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
