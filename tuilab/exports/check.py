"""The lines of a program taken home that hold its losses against those that the lab recorded."""

from collections.abc import Iterable

from tuilab.exports.run import Step

TOLERANCE, TIMES_ROUNDING = 1e-4, 30
_MARKS = sorted({round(10 ** (each / 6)) for each in range(61)})  # six of each power of ten, the first steps among them

_CHECK = """\
{recorded}
TOLERANCE = {tolerance}  # of each loss
TIMES_ROUNDING = {times}
NUDGED = sys.argv[1:] == ["nudged"]
NUDGE = 1 + 2**-23 if NUDGED else 1.0
own = {{}}


def told(step, loss):
    if step in RECORDED:
        own[step] = loss
        if not NUDGED:
            print(f"step {{step:,}}: loss {{loss:.9g}}, in the lab {{RECORDED[step]:.9g}}", flush=True)


def apart(one, other):
    return max(abs(one[step] - other[step]) / max(abs(other[step]), 1e-30) for step in other)


def compare():
    if NUDGED:
        print(json.dumps(own))
        return
    if len(own) < len(RECORDED):
        sys.exit(f"The program went as far as {{len(own)}} of the {{len(RECORDED)}} recorded losses: not the same.")
    largest = apart(own, RECORDED)
    print(f"{{len(own)}} losses, at most {{largest:.1e}} of each apart; the tolerance is {{TOLERANCE}}.")
    if largest <= TOLERANCE:
        print("The same as in the lab.")
        return
    print("Trained once more with a learning rate one rounding larger, to see what training makes of that ...")
    again = subprocess.run([sys.executable, __file__, "nudged"], stdout=subprocess.PIPE, text=True, check=True)
    nudged = {{int(step): loss for step, loss in json.loads(again.stdout.splitlines()[-1]).items()}}
    for last in own:
        before = [step for step in own if step <= last]
        found = apart({{step: own[step] for step in before}}, {{step: RECORDED[step] for step in before}})
        rounding = apart({{step: nudged[step] for step in before}}, {{step: own[step] for step in before}})
        if found > max(TOLERANCE, TIMES_ROUNDING * rounding):
            sys.exit(f"Not the same: at step {{last:,}} {{found:.1e}} apart, and a rounding makes {{rounding:.1e}}.")
    print(f"The same as in the lab, as far as that can be told: the rounding alone makes {{rounding:.1e}}.")


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
another processor or with another torch, and each number is rounded in single precision, to 6e-8 of it. Over all labs
that made at most 1e-5 of a loss at their first 20 steps, and a ten thousandth is let pass. Where training enlarges
roundings more than that, the program trains once more with a learning rate that is one rounding (2**-23) larger, and
lets pass {TIMES_ROUNDING} times what that changes; in trainings of all labs the most was 13 times."""


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
    return _CHECK.format(recorded=f"RECORDED = {{\n{lines}}}", tolerance=TOLERANCE, times=TIMES_ROUNDING)


def tells(last: int) -> str:
    """Lines that define `told` and `NUDGE` where nothing was recorded; `last` is 0 where it is not known."""
    return _TELLS.format(marks=marks(last) if last else _MARKS)
