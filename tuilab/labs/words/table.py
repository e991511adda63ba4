"""The words lab's lines of text: watched words with their neighbours, and analogies by relation."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from tuilab.labs.words.spec import Watched, WordsView
from tuilab.widgets.bars import printable

LONGEST = 16  # columns of a watched word


def watched_table(watched: Sequence[Watched], width: int) -> str:
    """A line for each word: as many neighbours, with two digits of their cosines, as fit into the width."""
    first = min(LONGEST, max((cell_len(printable(each.word)) for each in watched), default=0))
    return "\n".join(_line(each, first, width) for each in watched)


def judged_lines(view: WordsView, width: int) -> str:
    """How many analogies of each relation come out, and the newest correlation, in lines of that width."""
    parts = [f"{each.name} {each.right}/{each.asked}" for each in view.relations]
    lines = ["analogies right:"] if parts else []
    if view.judged and view.judged[-1].similarity is not None:
        parts.append(f"similarity {view.judged[-1].similarity:.2f}")
        lines = lines or [""]
    for part in parts:
        if len(lines[-1]) + 3 + len(part) > width:
            lines.append("")
        lines[-1] += ("  " if lines[-1] else "") + part
    return "\n".join(lines)


def _line(watched: Watched, first: int, width: int) -> str:
    line = set_cell_size(printable(watched.word), first)
    if not watched.neighbours:
        return set_cell_size(f"{line}  {watched.why}", width).rstrip()
    for place, (word, cosine) in enumerate(watched.neighbours):
        agreed = f" ({watched.agreed[place]})" if watched.agreed else ""
        piece = f"  {word} {f'{cosine:.2f}'.replace('0.', '.')}{agreed}"
        if cell_len(line) + cell_len(piece) > width:
            break
        line += piece
    return line
