"""Shows the neighbours lab."""

from tuilab.labs.neighbours.code import code
from tuilab.labs.neighbours.sentences import sentence
from tuilab.labs.neighbours.spec import Neighbours, NeighboursView
from tuilab.labs.wordpanel import WordPanel
from tuilab.widgets.bars import Bar


class NeighboursPanel(WordPanel):
    """Words near to a word; how alike two are; the odd one out."""

    HELP = """\
Type a word and press enter: its nearest words, with their cosines. Type two: how alike they are. Type more: which of \
them is the odd one out, and each one's cosine to the mean of all. While you type, words that begin so stand below the \
line: right takes the first, down another. esc leaves the line: then letters are keys, the arrows mark a row, enter \
asks for its word, u goes back to what was asked before, e types again.
The vectors are those of the newest training in the words lab; f names others, a file too."""

    spec: Neighbours
    view: NeighboursView | None

    def title(self) -> str:
        """What was found."""
        assert self.view is not None
        return sentence(self.view)

    def bars(self) -> list[Bar]:
        """The rows; the odd one out is marked."""
        assert self.view is not None
        rows = [Bar(row.word, row.cosine) for row in self.view.rows]
        if self.view.about != "odd":
            return rows
        ranked = sorted(rows, key=lambda row: -row.value)
        return [row._replace(note="  ◂ the odd one out") if row.name == self.view.odd else row for row in ranked]

    def code(self) -> str:
        """The same in plain numpy."""
        return code(self.spec, self.view) if self.view is not None else ""

    def action_code(self) -> None:
        """Show the code, or say why there is none yet."""
        if self.view is not None and self.view.about == "nothing":
            return self.say("The code is there once a word was asked for: e types one.")
        return super().action_code()


PANEL = NeighboursPanel
