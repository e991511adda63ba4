"""What the labs share that look into a layer: the moments of its training, and settings that a model has by itself."""

from typing import Any

import msgspec
from textual.binding import Binding

from tuilab.labs import locks
from tuilab.labs.forms import Layer
from tuilab.labs.gridpanel import GridPanel
from tuilab.labs.spec import Spec, fields


class LayerPanel(GridPanel):
    """A layer with fresh weights or of a kept network. Its view has `snapshots`, the training steps that were kept."""

    BINDINGS = [
        Binding(
            "right_square_bracket",
            "snapshot(1)",
            "Moment",
            key_display="[ ]",
            tooltip="An earlier moment of training ([), or a later one",
        ),
        Binding("left_square_bracket", "snapshot(-1)", "Earlier", show=False, tooltip="An earlier moment of training"),
    ]

    spec: Layer

    def trained(self) -> str:
        """The moment of training that is shown; none of fresh weights."""
        snapshots = self.view.snapshots if self.view is not None else ()
        return f"after {snapshots[self._at]:,} steps" if snapshots else ""

    @property
    def _at(self) -> int:
        """The place of the moment among those that were kept."""
        snapshots: list[int] = self.view.snapshots
        return snapshots.index(self.spec.at) if self.spec.at in snapshots else len(snapshots) - 1

    def run_name(self) -> str:
        """The run whose network it is."""
        return str(self.view.run) if self.view is not None else ""

    def on_resize(self) -> None:
        """What is shown is laid out by the room there is."""
        super().on_resize()
        self.update_blocks()

    def update_blocks(self) -> None:
        """Draw what there is; what an edit has changed is for the lab to tell."""
        self.before = None
        super().update_blocks()
        self.post_message(self.Changed(self))  # the moment is known once the answer is there
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There are moments only of a training."""
        return action != "snapshot" or bool(self.view and self.view.snapshots)

    def action_snapshot(self, direction: int) -> None:
        """Another moment of the model's training."""
        snapshots = self.view.snapshots
        self.go(at=snapshots[max(0, min(len(snapshots) - 1, self._at + direction))])

    def go(self, **settings: object) -> None:
        """Look at something else of the same layer."""
        spec = msgspec.structs.replace(self.spec, **settings)
        if spec == self.spec:
            self.update_blocks()
            return
        if not self.allows(spec):
            return
        self.spec = spec
        self._changed()

    def _take_settings(self, spec: Any) -> None:
        """Other settings; those of the fresh weights that were there go when a model takes their place."""
        super()._take_settings(_without_fresh(spec, self.spec) if spec is not None else None)


def _without_fresh(spec: Layer, before: Layer) -> Spec:
    if before.model or not spec.model:
        return spec
    free = set(Layer.FRESH) - set(locks.locked(spec))
    left = {field.name: field.default for field in fields(type(spec)) if field.name in free}
    return msgspec.structs.replace(
        spec, **{name: value for name, value in left.items() if getattr(spec, name) == getattr(before, name)}
    )
