"""Shows the analogy lab."""

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding

from tuilab.labs.analogy.code import code
from tuilab.labs.analogy.sentences import left_out, sentence
from tuilab.labs.analogy.spec import RELATIONS, Analogy, AnalogyView, Directions
from tuilab.labs.wordpanel import WordPanel
from tuilab.widgets.bars import Bar
from tuilab.widgets.blocks import Block
from tuilab.widgets.grid import NumberGrid
from tuilab.widgets.numbers import three


class Cosines(NumberGrid):
    """The numbers of directions: often more than there is room for, so the keys that bring the others are named."""

    BINDINGS = [
        Binding("up", "move(0,-1)", "Other numbers", key_display="arrows", tooltip="To another number"),
    ]


class AnalogyPanel(WordPanel):
    """A sum of words and what is nearest to it; or directions, and how parallel they are."""

    HELP = """\
Type words with + and - between them, as many as you like, and press enter: the words nearest to the sum, with their \
cosines. v puts the words asked with in, or leaves them out: they are often nearest of all. esc leaves the line: then \
letters are keys.
d changes to directions: from the first word of each pair to the second, each against each, in hundredths: 100 is \
parallel, 0 at a right angle. s and b go through relations; or type pairs, like man:woman king:queen. Paired otherwise \
means each first word with the second of the next pair: what is left of the relation without the pairs."""

    BINDINGS = [
        Binding("v", "without", "Leave out", tooltip="Leave out the words asked with, or put them in"),
        Binding("d", "directions", "Directions", tooltip="Directions of pairs, or sums of words"),
        Binding("s", "relation(1)", "Relation", key_display="s b", tooltip="The next relation (s), or the one before"),
        Binding("b", "relation(-1)", "Relation before", show=False, tooltip="The relation before"),
    ]
    DEFAULT_CSS = """
    AnalogyPanel NumberGrid { display: none; height: 1fr; margin-bottom: 0; }
    AnalogyPanel.directions NumberGrid { display: block; }
    AnalogyPanel.directions Bars { display: none; }
    """

    spec: Analogy
    view: AnalogyView | None
    last_pairs = RELATIONS[0]

    @property
    def typed(self) -> str:  # type: ignore[override]
        """The line is for the sum, or for the pairs."""
        return "pairs" if self.spec.pairs else "of"

    @property
    def label(self) -> str:  # type: ignore[override]
        """What the line is for."""
        return "pairs" if self.spec.pairs else "sum"

    def compose(self) -> ComposeResult:
        """The numbers of directions stand where the bars of a sum do."""
        yield from super().compose()
        yield Cosines()

    def show_line(self) -> None:
        """The line is for the sum, or for the pairs."""
        self.line.rename(self.label)
        super().show_line()

    def update_answer(self) -> None:
        """Draw the sum, or the directions."""
        assert self.view is not None
        found = self.view.directions
        self.set_class(found is not None, "directions")
        super().update_answer()
        if found is not None:
            self.last_pairs = found.name
            self.query_one(NumberGrid).show([[_block(found)]])
            self.on_number_grid_moved()

    def title(self) -> str:
        """What was found."""
        assert self.view is not None
        if self.view.directions is not None:
            return sentence(self.view)
        return f"{sentence(self.view)}\n{left_out(self.spec, self.view)}"

    def bars(self) -> list[Bar]:
        """The rows; words asked with are marked."""
        assert self.view is not None
        asked = [term.word for term in self.view.terms]
        return [Bar(row.word, row.cosine, "  asked" if row.word in asked else "") for row in self.view.rows]

    def result(self) -> Any:
        """The bars, or the numbers."""
        return self.query_one(NumberGrid) if self.has_class("directions") else super().result()

    def on_number_grid_moved(self) -> None:
        """Say which directions the number compares."""
        grid, found = self.query_one(NumberGrid), self.view.directions if self.view else None
        if found is None or grid.cursor is None:
            return
        row, column = found.rows[grid.cursor.row], grid.cursor.column
        one = f"{row.first} → {row.second}"
        if column == 0:
            return self.say(f"{one} against the mean of all others: cosine {three(row.to_others)}")
        if column - 1 == grid.cursor.row:
            return self.say(f"{one} against itself")
        other = found.rows[column - 1]
        cosine = found.pairwise[grid.cursor.row][column - 1]
        return self.say(f"{one} against {other.first} → {other.second}: cosine {three(cosine)}")

    def code(self) -> str:
        """The same in plain numpy."""
        return code(self.spec, self.view) if self.view is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to leave out of directions, and no relation of a sum."""
        if action in ("without", "follow"):
            return not self.spec.pairs
        return action != "relation" or bool(self.spec.pairs)

    def action_without(self) -> None:
        """Leave out the words asked with, or nothing."""
        self.change(without="nothing" if self.spec.without == "asked" else "asked")

    def action_directions(self) -> None:
        """Change between sums and directions."""
        self.change(pairs="" if self.spec.pairs else self.last_pairs)

    def action_relation(self, step: int) -> None:
        """The next relation, or the one before."""
        place = RELATIONS.index(self.spec.pairs) if self.spec.pairs in RELATIONS else -1 if step > 0 else 0
        self.change(pairs=RELATIONS[(place + step) % len(RELATIONS)])


def _block(found: Directions) -> Block:
    """Each direction against the mean of the others, then against each."""
    names = [f"{n:>2} {row.first}:{row.second}" for n, row in enumerate(found.rows, 1)]
    values = [
        [_drawn(row.to_others), *(None if n == m else _drawn(cosine) for m, cosine in enumerate(cosines))]
        for n, (row, cosines) in enumerate(zip(found.rows, found.pairwise, strict=True))
    ]
    columns = ["mean", *(str(n) for n in range(1, len(found.rows) + 1))]
    return Block("cosine", values, "cosines of directions, in hundredths", names, columns, show_shape=False, heat=True)


def _drawn(cosine: float) -> float:
    """A cosine as a map draws it: one of 1 is 100 hundredths too."""
    return max(-0.9999, min(0.9999, cosine))


PANEL = AnalogyPanel
