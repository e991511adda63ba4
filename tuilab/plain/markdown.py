"""Markdown as plain lines: its marks are taken out, its lists, tables and code stay readable."""

from collections.abc import Callable, Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode as Node

from tuilab.plain.lines import Lines

_CODE = "  "


def say_markdown(lines: Lines, text: str) -> None:
    """Write a Markdown text, with a blank line between its blocks."""
    _say_blocks(lines, Node(_reader().parse(text)).children, "")


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def _say_blocks(lines: Lines, blocks: list[Node], indent: str) -> None:
    for number, block in enumerate(blocks):
        if number:
            lines.say()
        _WRITERS.get(block.type, _say_other)(lines, block, indent)


def _say_text(lines: Lines, block: Node, indent: str) -> None:
    lines.say(_text(block), indent)


def _say_code(lines: Lines, block: Node, indent: str) -> None:
    lines.show(f"{indent}{_CODE}{line}" for line in block.content.rstrip("\n").split("\n"))


def _say_list(lines: Lines, block: Node, indent: str) -> None:
    first = int(block.attrs.get("start", 1))
    for number, item in enumerate(block.children, start=first):
        mark = f"{number}. " if block.type == "ordered_list" else "- "
        deeper = indent + " " * len(mark)
        lines.say("".join(map(_text, item.children[:1])), indent + mark, deeper)
        for part in item.children[1:]:
            _WRITERS.get(part.type, _say_other)(lines, part, deeper)


def _say_quotation(lines: Lines, block: Node, indent: str) -> None:
    _say_blocks(lines, block.children, indent + _CODE)


def _say_rule(lines: Lines, block: Node, indent: str) -> None:
    """A rule is a gap, which the blank lines around it are already."""


def _say_table(lines: Lines, block: Node, indent: str) -> None:
    rows = [[_text(cell) for cell in row.children] for part in block.children for row in part.children]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    if len(indent) + sum(widths) + 2 * len(widths) <= lines.width:
        lines.show(indent + "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)
        return
    names, *others = rows  # too wide to stand side by side: each row in words
    for row in others:
        told = "; ".join(f"{name}: {cell}" if name else cell for name, cell in zip(names, row, strict=True))
        lines.say(told, indent + "- ", indent + _CODE)


def _say_other(lines: Lines, block: Node, indent: str) -> None:
    lines.say(block.content.strip() if not block.children else _text(block), indent)


_WRITERS: dict[str, Callable[[Lines, Node, str], None]] = {
    "heading": _say_text,
    "paragraph": _say_text,
    "fence": _say_code,
    "code_block": _say_code,
    "bullet_list": _say_list,
    "ordered_list": _say_list,
    "blockquote": _say_quotation,
    "hr": _say_rule,
    "table": _say_table,
}


def _text(node: Node) -> str:
    """The words of a block; a line break that was meant stays one."""
    return "".join(_words(node))


def _words(node: Node) -> Iterator[str]:
    if node.type == "softbreak":
        yield " "
    elif node.type == "hardbreak":
        yield "\n"
    elif not node.children:
        yield node.content
    else:
        for part in node.children:
            yield from _words(part)
        href = node.attrs.get("href") if node.type == "link" else None
        if href and href != node.children[0].content:
            yield f" ({href})"
