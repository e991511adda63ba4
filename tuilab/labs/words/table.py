"""The words lab's lines of text: watched words with their neighbours, and analogies by relation."""

from collections.abc import Sequence

from tuilab.labs.words.spec import Watched, WordsView


def watched_table(watched: Sequence[Watched], width: int) -> str:
    """A line for each word: as many neighbours, with two digits of their cosines, as fit into the width."""
    first = min(16, max((len(each.word) for each in watched), default=0))
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
    line = f"{watched.word[:first]:<{first}}"
    if not watched.neighbours:
        return f"{line}  {watched.why}"[:width]
    for place, (word, cosine) in enumerate(watched.neighbours):
        agreed = f" ({watched.agreed[place]})" if watched.agreed else ""
        piece = f"  {word} {cosine:.2f}".replace("0.", ".") + agreed
        if len(line) + len(piece) > width:
            break
        line += piece
    return line
