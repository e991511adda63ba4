"""Where the words of the sentence stand, what is below them, and the pairs: lines of text in roles."""

from itertools import groupby

from rich.cells import cell_len

from tuilab.labs.window.spec import Made, Occurrence, Window, WindowTrace, contexts
from tuilab.widgets.sheet import Line, Span

LABEL, GAP, INDENT = 6, 3, 3
NARROWEST = 6  # columns of a word: a sign, and 0.75 or −10 below it


def sentence(spec: Window, trace: WindowTrace, target: int, width: int) -> tuple[list[Line], Span]:
    """The sentence in rows as wide as there is room, the marks below its words, and which lines hold the target."""
    near = {at: offset for offset, at in _offsets(trace, target)}
    keep = {word.word: word.keep for word in trace.words}
    columns = [
        _column(spec, seen, keep[seen.word], at == target, near.get(at)) for at, seen in enumerate(trace.occurrences)
    ]
    labels = ["", "", *(["keep", "draw"] if spec.sample else []), *(["reach"] if spec.shrink == "yes" else [])]
    left = LABEL if len(labels) > 2 else 0
    lines: list[Line] = []
    shown = (0, 0)
    for first, last in _rows([_width(column[0]) for column in columns], width - left):
        if lines:
            lines.append([])
        top = len(lines)
        for row, label in enumerate(labels):
            lines.append([(label.ljust(left), "muted"), *(piece for c in columns[first:last] for piece in c[row])])
        if first <= target < last:
            shown = (top, len(lines))
    return lines, shown


def _offsets(trace: WindowTrace, target: int) -> list[tuple[int, int]]:
    """How many words from the target each word of its context is, words that do not stay left out."""
    there = contexts(trace, target)
    before = [at for at in there if at < target]
    after = [at for at in there if at > target]
    return [*((index - len(before), at) for index, at in enumerate(before)), *enumerate(after, 1)]


def _column(spec: Window, seen: Occurrence, keep: float, is_target: bool, offset: int | None) -> list[Line]:
    """A word and what stands below it, padded to one width."""
    cells = [_word(seen, is_target, offset is not None), [_place(seen, is_target, offset)]]
    if spec.sample:
        cells += [[(f" {keep:.2f}", "plain")], [(f" {seen.draw or 0:.2f}", "plain" if seen.stays else "muted")]]
    if spec.shrink == "yes":
        cells.append([(f" {seen.reach or '–'}", "plain")])
    width = max(NARROWEST, _width(cells[0])) + 1
    return [[*cell, (" " * (width - _width(cell)), "plain")] for cell in cells]


def _word(seen: Occurrence, is_target: bool, is_context: bool) -> Line:
    role = "out" if not seen.stays else "context" if is_context else "plain"
    if is_target:
        return [("▐", "plain"), (seen.word, "target" if seen.stays else "out"), ("▌", "plain")]
    sign = "×" if not seen.stays else "▸" if is_context else " "
    return [(sign, role), (seen.word, role), (" ", "plain")]


def _place(seen: Occurrence, is_target: bool, offset: int | None) -> tuple[str, str]:
    if not seen.stays:
        return " out", "muted"
    if is_target:
        return " 0", "muted"
    return (f" {offset:+d}".replace("-", "−") if offset else "", "muted")


def _width(line: Line) -> int:
    return sum(cell_len(text) for text, _ in line)


def _rows(widths: list[int], room: int) -> list[tuple[int, int]]:
    """As many columns in each row as fit: the first of each row, and the first of the next."""
    rows, first, used = [], 0, 0
    for at, width in enumerate(widths):
        if used + width > room and at > first:
            rows.append((first, at))
            first, used = at, 0
        used += width
    return [*rows, (first, len(widths))]


def made(spec: Window, trace: WindowTrace, target: int, width: int) -> tuple[list[Line], Span]:
    """What is made of each target, on lines of its own, and which lines are the target's."""
    lines: list[Line] = []
    shown = (0, 0)
    for at, group in groupby(trace.made, lambda each: each.target):
        top = len(lines)
        role = "context" if at == target else "plain"
        for number, text in enumerate(_filled([_written(each) for each in group], width - INDENT)):
            sign = " ▸ " if at == target and not number else "   "
            lines.append([(sign, role), (text, role)])
        if at == target:
            shown = (top, len(lines))
    return lines, shown


def _written(each: Made) -> str:
    return f"{each.given} → {each.predicted}"


def _filled(texts: list[str], room: int) -> list[str]:
    """Texts side by side, on as many lines as they need; one that is too long for a line is broken at its commas."""
    if len(texts) == 1 and cell_len(texts[0]) > room:
        texts, gap = texts[0].replace(", ", ",\n").split("\n"), " "
    else:
        gap = " " * GAP
    lines = [""]
    for text in texts:
        longer = f"{lines[-1]}{gap}{text}" if lines[-1] else text
        if cell_len(longer) > room and lines[-1]:
            lines.append(text)
        else:
            lines[-1] = longer
    return lines
