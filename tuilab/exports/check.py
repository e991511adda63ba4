"""The lines of a program taken home that hold its losses against those that the lab recorded."""

from collections.abc import Iterable

from tuilab.exports.run import Step

TOLERANCE, TIMES_ROUNDING, ENLARGED = 1e-4, 30, 1e-3
_MARKS = sorted({round(10 ** (each / 6)) for each in range(61)})  # six of each power of ten, the first steps among them

_CHECK = """\
{recorded}
TOLERANCE = {tolerance}  # of each loss
TIMES_ROUNDING, ENLARGED = {times}, {enlarged}
NUDGED = sys.argv[1:] == ["nudged"]
NUDGE = 1 + 2**-20 if NUDGED else 1.0
own = []


def told(step, loss):
    own.append(loss if math.isfinite(loss) else math.inf)
    if step in RECORDED and not NUDGED:
        print(f"step {{step:,}}: loss {{loss:.9g}}, in the lab {{RECORDED[step]:.9g}}", flush=True)


def apart(one, other):
    return abs(one - other) / max(abs(other), 1e-30)


def compare():
    if NUDGED:
        print(json.dumps(own))
        return
    largest = max(apart(own[step - 1], loss) for step, loss in RECORDED.items())
    print(f"{{len(RECORDED)}} losses, at most {{largest:.1e}} of each apart; the tolerance is {{TOLERANCE}}.")
    if largest <= TOLERANCE:
        print("The same as in the lab.")
        return
    print("Trained once more with a learning rate a millionth larger, to see what training makes of that ...")
    again = subprocess.run([sys.executable, __file__, "nudged"], stdout=subprocess.PIPE, text=True, check=True)
    rounding = 0.0  # the most that this has changed so far
    for step, (loss, nudged) in enumerate(zip(own, json.loads(again.stdout.splitlines()[-1])), 1):
        rounding = max(rounding, apart(nudged, loss))
        if not rounding <= ENLARGED:
            print(f"The same as in the lab up to step {{step - 1:,}}; later losses cannot be compared so.")
            return
        found = apart(loss, RECORDED.get(step, loss))
        if not found <= max(TOLERANCE, TIMES_ROUNDING * rounding):
            sys.exit(f"Not the same: at step {{step:,}} {{found:.1e}} apart, where that makes {{rounding:.1e}}.")
    print("The same as in the lab, for what training makes of roundings.")


"""
_TELLS = """\
TOLD = {marks}
NUDGE = 1.0


def told(step, loss):  # of no run that was recorded
    if step in TOLD:
        print(f"step {{step:,}}: loss {{loss:.9g}}", flush=True)


"""
WHY = f"""\
The losses of the lab stand below, and the program holds its own against them. It may add up in another order, on
another processor or with another torch, and each number is rounded in single precision, to 6e-8 of it. Where training
does not enlarge that, at most 7e-6 of a loss was measured at the first 20 steps, in trainings of all labs, and a ten
thousandth is let pass. Where it does, the program trains once more with a learning rate that is a millionth (2**-20)
larger, and lets pass {TIMES_ROUNDING} times the most that this has changed so far; at most 3.1 times was measured.
From where that is a thousandth of a loss no later one is compared: what is left of them is chance."""


def marks(last: int) -> list[int]:
    """The steps at which a program says its loss, up to a last one."""
    return sorted({*(each for each in _MARKS if each < last), last})


def recorded(steps: Iterable[Step]) -> dict[int, float]:
    """The losses of some steps of a run, the last among them."""
    found, last = {}, None
    wanted = set(_MARKS)
    for last in steps:
        if last.step in wanted:
            found[last.step] = last.loss
    return found | ({last.step: last.loss} if last is not None else {})


def check(losses: dict[int, float]) -> str:
    """Lines that define `told`, `NUDGE` and `compare`."""
    lines = "".join(f"    {step}: {loss!r},\n" for step, loss in losses.items())
    return _CHECK.format(
        recorded=f"RECORDED = {{\n{lines}}}", tolerance=TOLERANCE, times=TIMES_ROUNDING, enlarged=ENLARGED
    )


def tells(last: int) -> str:
    """Lines that define `told` and `NUDGE` where nothing was recorded; `last` is 0 where it is not known."""
    return _TELLS.format(marks=marks(last) if last else _MARKS)
