"""The loops over time compiled by numba, where calling torch takes longer than the arithmetic.

An optional extra (`pip install 'tuilab[fast]'`), never needed. For float32 on the processor; all products that do not
wait for the step before stay torch's. The arithmetic is that of the tapes they stand in for, in the same order of
steps; exp is 2 to a whole number, whose bits are written down, times a polynomial (relative error below 1e-6 up to 4,
below 4e-6 up to 87).
"""

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
import torch

from tuilab.engine.tapes.gru import ResetAfterTape
from tuilab.engine.tapes.lstm import LstmTape
from tuilab.engine.tapes.rnn import RnnTape
from tuilab.engine.tapes.tape import Size, Tape

SMALL_BATCH = 4  # beyond it torch's operations are quicker than compiled ones
Array = Any
Room = tuple[Array, Array]
_ONE, _HALF, _LN2, _LOG2_E = (
    np.float32(1),
    np.float32(0.5),
    np.float32(0.6931471805599453),
    np.float32(1.4426950408889634),
)
_C3, _C4, _C5, _C6 = (np.float32(1 / each) for each in (6, 24, 120, 720))
_LARGEST = np.float32(87)


def _compiled(function: Callable[..., None]) -> Callable[..., None]:
    made: Callable[..., None] = numba.njit(cache=True, error_model="numpy", fastmath={"contract", "reassoc", "nsz"})(
        function
    )
    return made


# Slices that begin at 0 are gone through in all loops: of other places numba cannot tell that none is negative, which
# would count from the end, and does not compile them to vector instructions.


@_compiled
def _sigma(row: Array, scale: float, room: Room) -> None:
    """1 / (1 + exp(-scale·x)) in place; `powers` are the float32 that `bits` spell."""
    bits, powers = room[0][: row.size], room[1][: row.size]
    for j in range(row.size):
        x = -scale * row[j]
        x = -_LARGEST if x < -_LARGEST else x  # what is not a number stays none
        x = (_LARGEST if x > _LARGEST else x) * _LOG2_E
        n = np.floor(x + _HALF)
        f = (x - n) * _LN2
        row[j] = _ONE + f * (_ONE + f * (_HALF + f * (_C3 + f * (_C4 + f * (_C5 + f * _C6)))))
        bits[j] = (np.int32(n) + np.int32(127)) << np.int32(23)
    for j in range(row.size):
        row[j] = _ONE / (_ONE + row[j] * powers[j])


@_compiled
def _tanh(row: Array, room: Room) -> None:
    """tanh(x) = 2·sigma(2x) - 1, in place."""
    _sigma(row, np.float32(2), room)
    for j in range(row.size):
        row[j] = row[j] + row[j] - _ONE


@_compiled
def _add_product(row: Array, x: Array, matrix: Array) -> None:
    """row += x·matrix, four rows of the matrix at a time."""
    rows, columns = matrix.shape
    whole = rows - rows % 4
    for k in range(0, whole, 4):
        x0, x1, x2, x3 = x[k], x[k + 1], x[k + 2], x[k + 3]
        m0, m1, m2, m3 = matrix[k], matrix[k + 1], matrix[k + 2], matrix[k + 3]
        for j in range(columns):
            row[j] += x0 * m0[j] + x1 * m1[j] + x2 * m2[j] + x3 * m3[j]
    for k in range(whole, rows):
        last = matrix[k]
        for j in range(columns):
            row[j] += x[k] * last[j]


@_compiled
def _scale(row: Array, by: Array) -> None:
    """row *= by."""
    for j in range(row.size):
        row[j] *= by[j]


@_compiled
def _add_scaled(row: Array, other: Array, by: Array) -> None:
    """row += other·by."""
    for j in range(row.size):
        row[j] += other[j] * by[j]


@_compiled
def _rnn(h: Array, UT: Array, first: int, end: int, room: Room) -> None:
    for t in range(first, end):
        for b in range(h.shape[1]):
            row = h[t + 1, b]
            _add_product(row, h[t, b], UT)
            _tanh(row, room)


@_compiled
def _rnn_back(da: Array, dh: Array, U: Array, first: int, end: int) -> None:
    for t in range(end - 1, first - 1, -1):
        for b in range(dh.shape[1]):
            row = da[t - first, b]
            _scale(row, dh[t + 1, b])
            _add_product(dh[t, b], row, U)


@_compiled
def _lstm_gates(states: tuple[Array, ...], t: int, room: Room) -> None:
    """What comes after the products of a time step."""
    a, h, C, tanh_C = states
    hidden = h.shape[2]
    for b in range(h.shape[1]):
        row, new, squashed, out = a[t, b], C[t + 1, b], tanh_C[t, b], h[t + 1, b]
        i, f, g, o = row[:hidden], row[hidden : 2 * hidden], row[2 * hidden : 3 * hidden], row[3 * hidden :]
        _sigma(row[: 2 * hidden], _ONE, room)
        _tanh(g, room)
        _sigma(o, _ONE, room)
        before = C[t, b]
        for j in range(hidden):
            new[j] = f[j] * before[j] + i[j] * g[j]
        squashed[:] = new
        _tanh(squashed, room)
        for j in range(hidden):
            out[j] = o[j] * squashed[j]


@_compiled
def _lstm(states: tuple[Array, ...], UT: Array, first: int, end: int, room: Room) -> None:
    a, h = states[0], states[1]
    for t in range(first, end):
        for b in range(h.shape[1]):
            _add_product(a[t, b], h[t, b], UT)
        _lstm_gates(states, t, room)


@_compiled
def _lstm_slopes(arrays: tuple[Array, ...], t: int, at: int) -> None:
    """What comes before the product of a time step backwards; `at` is its place in the chunk."""
    da, dh, dC, a, slope_C = arrays
    hidden = dh.shape[2]
    for b in range(dh.shape[1]):
        row, own, d = da[at, b], dC[b], dh[t + 1, b]
        _scale(row[3 * hidden :], d)
        _add_scaled(own, d, slope_C[at, b])
        for gate in range(3):
            _scale(row[gate * hidden : (gate + 1) * hidden], own)
        _scale(own, a[t, b, hidden : 2 * hidden])


@_compiled
def _lstm_back(arrays: tuple[Array, ...], U: Array, first: int, end: int) -> None:
    da, dh = arrays[0], arrays[1]
    for t in range(end - 1, first - 1, -1):
        _lstm_slopes(arrays, t, t - first)
        for b in range(dh.shape[1]):
            _add_product(dh[t, b], da[t - first, b], U)


@_compiled
def _gru_gates(states: tuple[Array, ...], t: int, room: Room) -> None:
    """What comes after the product of a time step."""
    a, h, n = states
    hidden = h.shape[2]
    for b in range(h.shape[1]):
        row, new, before, out = a[t, b], n[t, b], h[t, b], h[t + 1, b]
        r, z, m = row[:hidden], row[hidden : 2 * hidden], row[2 * hidden :]
        _sigma(row[: 2 * hidden], _ONE, room)
        _add_scaled(new, r, m)
        _tanh(new, room)
        for j in range(hidden):
            out[j] = before[j] + z[j] * (new[j] - before[j])


@_compiled
def _gru(states: tuple[Array, ...], UT: Array, first: int, end: int, room: Room) -> None:
    a, h = states[0], states[1]
    for t in range(first, end):
        for b in range(h.shape[1]):
            _add_product(a[t, b], h[t, b], UT)
        _gru_gates(states, t, room)


@_compiled
def _gru_slopes(arrays: tuple[Array, ...], t: int, at: int) -> None:
    """What comes before the product of a time step backwards; `at` is its place in the chunk."""
    da, dh, keep = arrays
    hidden = dh.shape[2]
    for b in range(dh.shape[1]):
        row, d = da[at, b], dh[t + 1, b]
        for gate in range(3):
            _scale(row[gate * hidden : (gate + 1) * hidden], d)
        _add_scaled(dh[t, b], d, keep[at, b])


@_compiled
def _gru_back(arrays: tuple[Array, ...], U: Array, first: int, end: int) -> None:
    da, dh = arrays[0], arrays[1]
    for t in range(end - 1, first - 1, -1):
        _gru_slopes(arrays, t, t - first)
        for b in range(dh.shape[1]):
            _add_product(dh[t, b], da[t - first, b], U)


def _room(width: int) -> Room:
    """Room for the powers of two, as bits and as the numbers that they spell."""
    bits = np.zeros(width, np.int32)
    return bits, bits.view(np.float32)


class CompiledRnn(RnnTape):
    """The simple recurrent cell."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self._room = _room(size.hidden)
        self._h, self._dh, self._da, self._ut = (each.numpy() for each in (self.h, self.dh, self.da, self.UT))

    def _run(self, first: int, end: int) -> None:
        _rnn(self._h, self._ut, first, end, self._room)

    def _run_back(self, first: int, end: int) -> None:
        _rnn_back(self._da, self._dh, self._U.detach().numpy(), first, end)


class CompiledLstm(LstmTape):
    """The LSTM without peepholes."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self._room = _room(4 * size.hidden)
        self._states = tuple(each.numpy() for each in (self.a, self.h, self.C, self.tanh_C))
        self._back = tuple(each.numpy() for each in (self.da, self.dh, self.dC, self.a, self.slope_C))
        self._ut = self.UT.numpy()

    def _run(self, first: int, end: int) -> None:
        _lstm(self._states, self._ut, first, end, self._room)

    def _run_back(self, first: int, end: int) -> None:
        _lstm_back(self._back, self.U.detach().numpy(), first, end)


class CompiledGru(ResetAfterTape):
    """The GRU that resets after the product."""

    def __init__(self, size: Size) -> None:
        super().__init__(size)
        self._room = _room(3 * size.hidden)
        self._states = tuple(each.numpy() for each in (self.a, self.h, self.n))
        self._back = tuple(each.numpy() for each in (self.da, self.dh, self.keep))
        self._ut = self.UT.numpy()

    def _run(self, first: int, end: int) -> None:
        _gru(self._states, self._ut, first, end, self._room)

    def _run_back(self, first: int, end: int) -> None:
        _gru_back(self._back, self._U.detach().numpy(), first, end)


def is_quicker(size: Size) -> bool:
    """Whether compiling pays: for single precision on the processor, and small batches."""
    return size.dtype == torch.float32 and size.device.type == "cpu" and size.batch <= SMALL_BATCH


TAPES: dict[str, Callable[[Size], Tape]] = {"rnn": CompiledRnn, "lstm": CompiledLstm, "gru": CompiledGru}
