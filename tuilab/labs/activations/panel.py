"""Shows the activations lab."""

from typing import Any

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Static

from tuilab.labs.activations.code import code
from tuilab.labs.activations.sentences import formula, product, rows, why
from tuilab.labs.activations.spec import FUNCTIONS, PARAMETERS, SPAN, TITLES, Activations, ActivationsTrace, Curve
from tuilab.labs.edits import number
from tuilab.labs.panel import LabPanel
from tuilab.labs.spec import Spec, fields
from tuilab.widgets.chart import Chart
from tuilab.widgets.entry import EntryScreen
from tuilab.widgets.plot import Figure, Line
from tuilab.widgets.text import put

STEP = {"negative": 0.01, "alpha": 0.1}
WIDTHS = (12, 11, 12, 16, 11, 9)
SPARED = (0, 1, 2, 4)  # columns of the table where there is little room
NARROW = 76  # columns, below which the charts stand one above the other
MARKS = ("crosses", "pluses")
CURSOR = 3  # its colour


class ActivationsPanel(LabPanel):
    """A function and its slope, a cursor on both, and the product of slopes through a stack."""

    HELP = """\
The left chart is the function, the right one its slope; the dotted line is the cursor, which the left and right arrows
move, with shift ten times as far; e types its place. Where the slope is below 1 % of the largest that the function has,
it is called saturated: crosses mark it there, and ! in the table.
s and b change the function, v the one beside it. Up and down bend it below nought: the negative slope of the leaky
ReLU, alpha of the ELU.
+ and - change the number of layers. Each is the function alone: x goes in, f(x) into the next; the product of their
slopes is what is left of a gradient on its way back. "At most" is the product where each slope is the largest there is.
enter writes the slope and the product out; u takes a change back."""

    BINDINGS = [
        Binding("right", "move(1)", "Cursor", key_display="← →", tooltip="Move the cursor on the curve"),
        Binding("left", "move(-1)", "Left", show=False, tooltip="Move the cursor to the left"),
        Binding("shift+right", "move(10)", "Far right", show=False, tooltip="Ten times as far"),
        Binding("shift+left", "move(-10)", "Far left", show=False, tooltip="Ten times as far, to the left"),
        Binding("s", "function(1)", "Function", key_display="s b", tooltip="The next function (s), or the one before"),
        Binding("b", "function(-1)", "Function before", show=False, tooltip="The function before"),
        Binding("v", "beside", "Beside", tooltip="Another function beside it, or none"),
        Binding(
            "up", "bend(1)", "Bend", key_display="↑ ↓", tooltip="A larger negative slope or alpha, or a smaller one"
        ),
        Binding("down", "bend(-1)", "Less", show=False, tooltip="A smaller negative slope or alpha"),
        Binding("plus,equals_sign", "layers(1)", "Layers", key_display="+ -", tooltip="One layer more, or less"),
        Binding("minus", "layers(-1)", "Fewer", show=False, tooltip="One layer less"),
        Binding("enter", "why", "Why", tooltip="Write out the slope and the product of slopes"),
        Binding("e", "edit", "Edit", tooltip="Type the place of the cursor"),
        Binding("u", "undo", "Undo", tooltip="Take the last change back"),
    ]
    DEFAULT_CSS = """
    ActivationsPanel #charts { height: 1fr; }
    ActivationsPanel #charts Chart { width: 1fr; }
    ActivationsPanel #slopes { margin-left: 1; }
    ActivationsPanel.narrow #charts { layout: vertical; }
    ActivationsPanel.narrow #slopes { margin-left: 0; }
    ActivationsPanel #table { height: auto; margin-top: 1; }
    """

    can_focus = True
    spec: Activations

    def __init__(self, spec: Spec, port: Any, show: Any = None) -> None:
        super().__init__(spec, port, show)
        self.view: ActivationsTrace | None = None
        self.shown: Activations | None = None  # the spec that `view` is of

    def compose(self) -> ComposeResult:
        """The function and its slope side by side, the numbers at the cursor, and what is said of them."""
        yield Static("", id="head", markup=False)
        with Horizontal(id="charts"):
            yield Chart(lambda: self._figure("values", "f"), id="values")
            yield Chart(lambda: self._figure("slopes", "f'"), id="slopes")
        yield Static("", id="table", markup=False)
        yield Static("", id="said", markup=False)

    def first_focus(self) -> Any:
        """The panel itself takes the keys."""
        return self

    def open(self, spec: Spec, show: Any = None) -> None:
        """Show another spec."""
        self.history = []
        super().open(spec, show)

    def reload(self) -> None:
        """Ask for the curves."""
        if self.view is None:
            self.say(self.waiting())
        self.run_worker(self._reload(), exclusive=True)

    async def _reload(self) -> None:
        spec = self.spec
        view = await self.ask(spec)
        if view is not None:
            self.view, self.shown = view, spec
            self.draw_all()

    def draw_all(self) -> None:
        """Draw what there is."""
        if self.view is None or self.shown is None:
            return
        put(self.query_one("#head", Static), "\n".join(formula(self.shown, name) for name in self.shown.shown))
        put(self.query_one("#table", Static), self._table(self.shown, self.view))
        for chart in self.query(Chart):
            chart.changed(at_once=True)
        self.say("\n".join(product(curve) for curve in self.view.curves))

    def on_resize(self) -> None:
        """Side by side where there is room."""
        self.set_class(self.size.width < NARROW, "narrow")
        self.draw_all()

    def code(self) -> str:
        """The functions in plain torch."""
        return code(self.spec)

    def action_move(self, tenths: int) -> None:
        """Move the cursor."""
        x = max(-SPAN, min(SPAN, round(round(10 * self.spec.x) + tenths) / 10))
        self.change(x=float(x))

    def action_function(self, direction: int) -> None:
        """Another function."""
        self.change(function=_next(FUNCTIONS, self.spec.function, direction))

    def action_beside(self) -> None:
        """Another one beside it; itself is passed over."""
        others = ("none", *(name for name in FUNCTIONS if name != self.spec.function))
        now = self.spec.beside if self.spec.beside in others else "none"
        self.change(beside=_next(others, now, 1))

    def action_bend(self, direction: int) -> None:
        """Bend the first of the functions that can be bent."""
        name = next((PARAMETERS[each] for each in self.spec.shown if each in PARAMETERS), None)
        if name is None:
            sentence = f"{TITLES[self.spec.function]} has nothing to bend; leaky ReLU and ELU have. s goes on to them."
            return self.say(sentence)
        return self.try_change(name, round(getattr(self.spec, name) + direction * STEP[name], 6))

    def action_layers(self, direction: int) -> None:
        """One layer more, or less."""
        self.try_change("layers", self.spec.layers + direction)

    def action_why(self) -> None:
        """Write the slope at the cursor out."""
        if self.view is not None and self.shown is not None:
            shown = self.shown
            self.say("\n".join(f"{why(shown, curve)}\n{product(curve)}" for curve in self.view.curves))

    def action_edit(self) -> None:
        """Type where the cursor is to be."""
        if not self.allows_setting("x"):
            return

        def check(text: str) -> None:
            self._checked("x", number(text))

        def take(text: str | None) -> None:
            if text is not None:
                self.change(x=number(text))

        self.app.push_screen(EntryScreen(f"x, from -{SPAN} to {SPAN}", f"{self.spec.x:g}", check), take)

    def action_undo(self) -> None:
        """Take the last change back."""
        if not self.history:
            return self.say("There is no change to take back.")
        self.spec = self.history.pop()  # type: ignore[assignment]
        return self._changed()

    def try_change(self, name: str, value: float) -> None:
        """Change a setting, or say what it allows."""
        try:
            self._checked(name, value)
        except ValueError as error:
            return self.say(str(error))
        return self.change(**{name: value})

    def change(self, **settings: object) -> None:
        """Go on with other settings."""
        spec = msgspec.structs.replace(self.spec, **settings)
        if spec != self.spec and self.allows(spec):
            self.history.append(self.spec)
            self.spec = spec
            self._changed()

    def _checked(self, name: str, value: float) -> None:
        field = next(field for field in fields(Activations) if field.name == name)
        field.parse(f"{value:g}" if name != "x" else repr(value))

    def _changed(self) -> None:
        self.post_message(self.Changed(self))
        self.reload()

    def _table(self, spec: Activations, view: ActivationsTrace) -> str:
        columns = SPARED if self.has_class("narrow") else tuple(range(len(WIDTHS)))
        return "\n".join(
            row[0].ljust(WIDTHS[0]) + "".join(row[column].rjust(WIDTHS[column]) for column in columns if column)
            for row in rows(spec, view.curves)
        )

    def _figure(self, what: str, title: str) -> Figure:
        view = self.view
        if view is None or self.shown is None:
            return Figure(title, "x", x_range=(-SPAN, SPAN))
        lines = [
            line
            for number, curve in enumerate(view.curves, 1)
            for line in _lines(view.xs, curve, what, number, len(view.curves) == 1)
        ]
        low, high = _range(self.shown, view, what)
        inside = [Line(line.name, *_within(line, low, high), line.look, line.colour) for line in lines]
        x, steps = self.shown.x, 9
        cursor = Line("x", [x] * steps, [low + (high - low) * k / (steps - 1) for k in range(steps)], "dots", CURSOR)
        return Figure(title, "x", (*inside, cursor), (-SPAN, SPAN), (low, high))


def _range(spec: Activations, view: ActivationsTrace, what: str) -> tuple[float, float]:
    """What of a function is worth seeing: all of one that is bounded, of the others what is near nought."""
    if what == "slopes":
        return 0.0, max(each.largest for each in view.curves)
    low = min(min(each.values) for each in view.curves)
    return (low, 1.0) if set(spec.shown) <= {"sigmoid", "tanh"} else (min(low, -1.0), 4.0)


def _lines(xs: list[float], curve: Curve, what: str, number: int, alone: bool) -> list[Line]:
    """The curve, and its saturated stretches with marks on them, a place in eight; named where there is room."""
    ys = getattr(curve, what)
    below, above = curve.saturated_below, curve.saturated_above
    marked = [
        (x, y)
        for x, y in list(zip(xs, ys, strict=True))[2::8]
        if (below is not None and x <= below) or (above is not None and x >= above)
    ]
    lines = [Line(TITLES[curve.function], xs, ys, "line", number)]
    if marked:
        lines.append(
            Line(
                "saturated" if alone else "", [x for x, _ in marked], [y for _, y in marked], MARKS[number - 1], number
            )
        )
    return lines


def _within(line: Line, low: float, high: float) -> tuple[list[float], list[float]]:
    there = [(x, y) for x, y in zip(line.xs, line.ys, strict=True) if low <= y <= high]
    return [x for x, _ in there], [y for _, y in there]


def _next(names: tuple[str, ...], now: str, direction: int) -> str:
    return names[(names.index(now) + direction) % len(names)]


PANEL = ActivationsPanel
