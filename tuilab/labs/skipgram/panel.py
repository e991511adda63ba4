"""Shows the skipgram lab."""

import msgspec
from textual.binding import Binding

from tuilab.labs.edits import Edit, spell_edits
from tuilab.labs.gridpanel import Bands
from tuilab.labs.skipgram.arithmetic import agreement, explain
from tuilab.labs.skipgram.blocks import bands, columns_of, computed_at, word_at
from tuilab.labs.skipgram.code import code
from tuilab.labs.skipgram.spec import MOST_UPDATES, VIEWS, Skipgram, SkipgramShow, SkipgramTrace, View
from tuilab.labs.slips import Place
from tuilab.labs.trypanel import TryPanel
from tuilab.labs.word2vec import MODELS
from tuilab.widgets.blocks import Cell

LOSSES = {"negative": "negative sampling", "nce": "NCE"}
GRADIENTS = {f"d{name}": f"d loss / d {name}" for name in "hvu"}


class SkipgramPanel(TryPanel):
    """One update: the way to the loss, the way back, and the two losses side by side."""

    HELP = """\
The given word's vector v is h; the mean of several for CBOW. The word that was there is to be told from k noise words,
drawn with P, their counts to the power 0.75: for each the score u·h goes through σ, which should be its label.
v turns to the gradients and the vectors after the update, then to both losses side by side: negative sampling takes the
score as it is, noise-contrastive estimation (NCE) takes log(k P) off first. With loss=nce (f) it makes the update.
s takes the update and draws new noise, b goes back. m changes between skip-gram and CBOW.
enter writes a number out and marks where it comes from (▸); e edits a number of v or u; u takes that or m back. t
hides a computed number and asks for it. A noise word that is the very word that was there is skipped by negative
sampling, and counts for NCE."""

    BINDINGS = [
        Binding("s", "step(1)", "Update", key_display="s b", tooltip="Take this update (s), or go back by one (b)"),
        Binding("v", "view", "View", tooltip="Forwards, backwards with the vectors after, or both losses"),
        Binding("m", "model", "Model", tooltip="Change between skip-gram and CBOW"),
    ]

    editable = "Numbers of v and u"
    spec: Skipgram
    view: SkipgramTrace | None
    way: View = "forwards"

    def open(self, spec: Skipgram, show: SkipgramShow | None = None) -> None:  # type: ignore[override]
        """Show a spec, in a view."""
        self.way = show.view if show else "forwards"
        super().open(spec, show)

    def head(self) -> str:
        """What is to predict what, and how well it does."""
        view = self.view
        assert view is not None
        given = ", ".join(view.given) if len(view.given) < 6 else f"mean of {len(view.given)} words"
        pair = f"{MODELS[view.model]}  {given} → {view.draws[0].word}"
        update = f"update {view.update}"
        if self.way == "both":
            losses = {view.criterion: view.loss, self._other: view.other_loss}
            sums = ", ".join(f"{LOSSES[name]} {losses[name]:.4f}" for name in LOSSES)
            return self._fitting(pair, f"loss: {sums}", update)
        if self.way == "backwards":
            return self._fitting(pair, agreement(view), update)
        how = f"{LOSSES[view.criterion]}, k {len(view.draws) - 1}"
        return self._fitting(pair, update, f"loss {view.loss:.4f}", how)

    def _fitting(self, *parts: str) -> str:
        """As many of the parts as there is room for, the most important ones first."""
        line = parts[0]
        for part in parts[1:]:
            longer = f"{line}   {part}"
            line = longer if len(longer) <= self.size.width else line
        return line

    @property
    def _other(self) -> str:
        return "nce" if self.spec.loss == "negative" else "negative"

    def bands(self, view: SkipgramTrace) -> Bands:
        """The blocks of the view, as wide as there is room."""
        return self.shown(bands(view, self.way, self.size.width))

    def place_in_answer(self, cell: Cell) -> Place | None:
        """Where what is computed stands in the trace."""
        return computed_at(self.view, cell) if self.view is not None else None

    def explain(self, cell: Cell) -> tuple[str, list[Cell]]:
        """The arithmetic of a number."""
        assert self.view is not None
        return explain(self.view, self.way, cell)

    def missing(self, cell: Cell) -> str:
        """Why there is no number at a place: a draw that is skipped has none."""
        return super().missing(cell) if cell == self.hidden else self.explain(cell)[0]

    def name_of(self, cell: Cell) -> str:
        """What the learner calls a number."""
        assert self.view is not None
        if cell.block in LOSSES or cell.block == "draws":
            return f"{columns_of(self.view, cell.block)[cell.column]} of {word_at(self.view, self.way, cell)}"
        whose = "" if cell.block in ("h", "dh") else f" of {word_at(self.view, self.way, cell)}"
        return f"{GRADIENTS.get(cell.block, cell.block)}{whose}, number {cell.column}"

    def edited(self, cell: Cell, value: float) -> Skipgram | None:
        """The spec with one more number set, before the update that is shown."""
        if cell.block not in ("v", "u") or self.view is None:
            return None
        word = word_at(self.view, self.way, cell)
        id = [each.word for each in self.view.vocabulary].index(word)
        edit = Edit(cell.block, (self.view.update, id, cell.column), value)
        return msgspec.structs.replace(self.spec, set=spell_edits((*self.spec.edits, edit)))

    def undone(self, earlier: Skipgram) -> Skipgram:  # type: ignore[override]
        """Take the last edit or the other model back, and stay at this update."""
        back = {name: getattr(earlier, name) for name in ("model", "target", "context", "set")}
        return msgspec.structs.replace(self.spec, **back)

    def code(self) -> str:
        """The update in plain torch, with the numbers on the screen."""
        return code(self.view) if self.view is not None else ""

    def action_step(self, direction: int) -> None:
        """Take the update, or go back by one."""
        updates = self.spec.updates + direction
        if not 0 <= updates <= MOST_UPDATES:
            end = f"{MOST_UPDATES} updates are as many as are taken here."
            return self.say(end if direction > 0 else "No update has been taken yet; s takes this one.")
        self._go(updates=updates)
        return None

    def action_view(self) -> None:
        """Turn to the next view."""
        self.way = VIEWS[(VIEWS.index(self.way) + 1) % len(VIEWS)]
        self.before = None
        self.update_blocks()

    def action_model(self) -> None:
        """Skip-gram, or CBOW; words that were chosen keep what is predicted."""
        spec = self.spec
        model = "cbow" if spec.model == "skipgram" else "skipgram"
        chosen = {"target": spec.around[0], "context": spec.middle} if spec.target or spec.context else {}
        if self._go(model=model, **chosen):
            self.history.append(spec)

    def _go(self, **settings: object) -> bool:
        spec = msgspec.structs.replace(self.spec, **settings)
        if not self.allows(spec):
            return False
        self.before, self.spec = None, spec
        self._changed()
        return True

    def on_resize(self) -> None:
        """Blocks stand side by side where there is room."""
        super().on_resize()
        self.update_blocks()


PANEL = SkipgramPanel
