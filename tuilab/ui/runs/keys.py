"""The charts of runs with their keys; what these do, the screen does."""

from textual.binding import Binding
from textual.containers import Horizontal


class Curves(Horizontal, can_focus=True):
    """The charts, which have the keys."""

    BINDINGS = [
        Binding(
            "right",
            "screen.stride(1)",
            "Cursor",
            key_display="← →",
            tooltip="The cursor; with shift ten times as far",
        ),
        Binding("left", "screen.stride(-1)", "Left", show=False),
        Binding("shift+right", "screen.stride(10)", "Far right", show=False),
        Binding("shift+left", "screen.stride(-10)", "Far left", show=False),
        Binding(
            "full_stop",
            "screen.move(1)",
            "Step",
            show=False,
            key_display=". ,",
            tooltip="One step on, or back (,)",
        ),
        Binding("comma", "screen.move(-1)", "Step back", show=False, tooltip="One step back"),
        Binding("home", "screen.move(-100_000_000)", "First", show=False, tooltip="The first step"),
        Binding("end", "screen.move(100_000_000)", "Last", show=False, tooltip="The last step"),
        Binding(
            "plus,equals_sign",
            "screen.zoom(2)",
            "Zoom",
            key_display="+ -",
            tooltip="Fewer steps in sight, or more (-)",
        ),
        Binding("minus", "screen.zoom(0.5)", "Smaller", show=False, tooltip="More steps in sight"),
        Binding("down", "screen.scroll(1)", "Down", show=False, key_display="↑ ↓", tooltip="Scroll what stands below"),
        Binding("up", "screen.scroll(-1)", "Up", show=False, tooltip="Scroll it back"),
        Binding("0", "screen.all", "All", tooltip="All steps"),
        Binding(
            "right_square_bracket",
            "screen.moment(1)",
            "Moment",
            key_display="[ ]",
            tooltip="An earlier kept moment, or a later",
        ),
        Binding("left_square_bracket", "screen.moment(-1)", "Earlier", show=False, tooltip="An earlier moment"),
        Binding("v", "screen.axis", "Axis", tooltip="A logarithmic axis, or a linear one"),
        Binding("a", "screen.mean", "Mean", tooltip="Means of 20, 200, 2,000 steps, or each step"),
    ]
