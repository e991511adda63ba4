"""The charts of the shapes lab beside the loss."""

from tuilab.labs.shapes.spec import ERROR, RIGHT, WITH_CLASSES, Example, Shapes, ShapesView, kind_of_judgement
from tuilab.widgets.plot import Figure, Line


def measure_figure(spec: Shapes, view: ShapesView | None) -> Figure:
    """The typical error or the share of right answers at the steps where it was measured, and what is good enough."""
    checks = view.checks if view else []
    classes = spec.form in WITH_CLASSES
    name, enough = kind_of_judgement(spec.form), RIGHT if classes else ERROR
    line = Line(name, [float(step) for step, _ in checks], [value for _, value in checks], colour=2)
    bounds = (0.0, 1.0) if classes else None
    return Figure(
        f"{name}, held out", "step", (line,), (0, spec.steps), bounds, log=not classes, levels=(("enough", enough),)
    )


def example_figure(form: str, example: Example | None) -> Figure:
    """What goes in, or should come out, as a curve, with what is said."""
    title = "the series" if form == "seq2vec" else ""  # the legend takes the room
    if example is None:
        return Figure(title, "t", y_range=(-1.2, 1.2))
    steps = example.steps
    curve = "given" if form == "seq2vec" else "target"
    lines = [
        Line(name, [float(t) for t, _ in points], [value for _, value in points], look, colour)
        for name, look, colour in ((curve, "line", 1), *((("said", "dots", 2),) if form != "seq2vec" else ()))
        if (points := _numbers(example, name))
    ]
    least = min((min(line.ys) for line in lines), default=0.0)
    most = max((max(line.ys) for line in lines), default=0.0)
    return Figure(title, "t", tuple(lines), (0, max(1, len(steps) - 1)), (min(-1.2, least), max(1.2, most)))


def _numbers(example: Example, name: str) -> list[tuple[int, float]]:
    values = [(t, getattr(step, name)) for t, step in enumerate(example.steps)]
    return [(t, value) for t, value in values if isinstance(value, float)]
