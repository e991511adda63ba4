"""What the gradients lab says, in words and numbers."""

from tuilab.labs import switches
from tuilab.labs.gradients.spec import Gradients, GradientsView, Stretch
from tuilab.labs.locks import hidden
from tuilab.labs.spec import fields
from tuilab.widgets.numbers import three

HEADINGS = ("after", "switched", "before", "now", "loss before", "now", "gradient norm now")
AFTER, SWITCHED, NUMBERS, NORM = 7, (12, 40), (9, 9, 12, 9), 28  # cells of the columns


def or_dash(value: float | None) -> str:
    """A number, or a dash where there is none."""
    return "-" if value is None else three(value)


def switchboard(now: Gradients, room: int) -> str:
    """What stands at what, each behind the key that switches it; what is hidden stands at nothing."""
    std = f" {now.std:g}" if now.init == "normal" else ""
    norm, value = (f"{bound:g}" if bound else "off" for bound in (now.clip, now.clip_value))
    parts = {
        "activation": (f"1 {now.activation}", f"1 {now.activation}"),
        "init": (f"2 {now.init}{std}", f"2 {now.init}{std}"),
        "batchnorm": (f"3 batch norm {now.batchnorm}", f"3 bn {now.batchnorm}"),
        "clip": (f"4 clip norm {norm}", f"4 clip {norm}"),
        "clip_value": (f"5 clip value {value}", f"5 value {value}"),
        "lr": (f"lr {now.lr:g}", f"lr {now.lr:g}"),
    }
    shown = [both for name, both in parts.items() if name not in hidden(now)]
    line = "   ".join(long for long, _ in shown)
    return line if len(line) <= room else "  ".join(short for _, short in shown)


def of_number(spec: Gradients, step: int, column: int, value: float | None) -> str:
    """The number under the cursor."""
    number = "not a finite number" if value is None else f"{value:.4g}".replace("-", "−")
    return f"step {step:,}, {spec.place} {column + 1} of {spec.places}: gradient norm {number}"


def of_stretch(place: str, stretch: Stretch) -> str:
    """How a stretch without a switch goes."""
    if stretch.loss is None:
        return "No step has been taken yet."
    return (
        f"first {place} over last {or_dash(stretch.first_to_last)}   loss {or_dash(stretch.loss)}"
        f"   gradient norm {clipped(stretch)}"
    )


def clipped(stretch: Stretch) -> str:
    """The gradient norm, and what clipping has left of it."""
    norm, applied = or_dash(stretch.norm), or_dash(stretch.applied)
    return norm if norm == applied else f"{norm}, clipped to {applied}"


def of_switch(place: str, before: Stretch, after: Stretch) -> str:
    """What a switch has done, in numbers."""
    told = f"After step {after.begun:,}, {after.switched}: "
    if after.loss is None:
        return f"{told}no step has been taken since."
    return (
        f"{told}first {place} over last {or_dash(before.first_to_last)}, now {or_dash(after.first_to_last)}; "
        f"loss {or_dash(before.loss)}, now {or_dash(after.loss)}; "
        f"gradient norm {clipped(before)}, now {clipped(after)}."
    )


def newest(view: GradientsView) -> str:
    """The newest switch, or the one stretch there is."""
    if len(view.stretches) > 1:
        return of_switch(view.place, *view.stretches[-2:])
    return of_stretch(view.place, view.stretches[-1])


def table(view: GradientsView, most: int, room: int) -> list[str]:
    """A verdict for each switch, the newest last; `most` lines with the headings."""
    pairs = list(zip(view.stretches, view.stretches[1:], strict=False))
    if not pairs:
        return ["No switch was thrown yet: 1 to 5 switch while it trains."]
    rows = [
        (
            f"{after.begun:,}", after.switched, or_dash(before.first_to_last), or_dash(after.first_to_last),
            or_dash(before.loss), or_dash(after.loss), clipped(after),
        )
        for before, after in pairs
    ]  # fmt: skip
    fixed = AFTER + 2 + sum(NUMBERS)
    wide = max(SWITCHED[0], min(SWITCHED[1], 2 + max(len(row[1]) for row in rows), room - fixed))
    title = f"Each switch: gradient, first {view.place} over last, and loss"
    return [title, *(_line(row, wide, room) for row in (HEADINGS, *rows[-max(1, most - 2) :]))]


def _line(row: tuple[str, ...], wide: int, room: int) -> str:
    """A row; the gradient norm is left out where it would be cut: half a number is another number."""
    after, switched, *numbers, norm = row
    told = switched if len(switched) < wide else f"{switched[: wide - 2]}…"
    cells = [number.rjust(width) for number, width in zip(numbers, NUMBERS, strict=True)]
    line = f"{after:>{AFTER}}  {told:<{wide}}{''.join(cells)}"
    return f"{line}   {norm}" if len(line) + NORM <= room else line


def next_switch(now: Gradients, name: str, first: Gradients) -> dict[str, str]:
    """What a press of a key switches: the next of the choices, or a clipping on or off, at the bound the run had."""
    if name in ("clip", "clip_value"):
        usual = switches.spelled(first, name) if getattr(first, name) else {"clip": "1", "clip_value": "0.01"}[name]
        return {name: "0" if getattr(now, name) else usual}
    field = next(field for field in fields(type(now)) if field.name == name)
    choices = [choice for choice in field.choices if choice != "shared" or now.network == "rnn"]
    return {name: choices[(choices.index(getattr(now, name)) + 1) % len(choices)]}


def back_from_last(spec: Gradients, step: int) -> dict[str, str]:
    """The setting that the newest switch has changed, as it was before; empty where there was none."""
    there = [switch for switch in switches.switches(spec) if switch.step <= step]
    if not there:
        return {}
    last = there[-1]
    before = switches.in_force(switches.taken_back(spec, last.step), last.step)
    return {last.name: switches.spelled(before, last.name)}
