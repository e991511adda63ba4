"""Prose on the screen; where the terminal has only ASCII it is spelled out before it is laid out."""

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from textual.content import Content
from textual.dom import DOMNode
from textual.widgets import Markdown

from tuilab.terminal.letters import to_ascii
from tuilab.widgets.means import means_of


def prose(text: str, node: DOMNode) -> Markdown:
    """A Markdown text on the screen of `node`; its links open nothing."""
    return Markdown(text, open_links=False, parser_factory=None if means_of(node).unicode else _ascii_reader)


def spelled(text: str, node: DOMNode) -> str:
    """A plain text as the screen of `node` can show it."""
    return text if means_of(node).unicode else to_ascii(text)


def with_code(text: str, node: DOMNode) -> Content:
    """A plain text whose `code` looks as it does in prose; lines that begin with four blanks stay as they are."""
    style = {True: "$text-warning on $warning 10%", False: "$text-error on $error 5%"}[node.app.current_theme.dark]
    style = style.partition(" ")[0] if node.app.native_ansi_color else style
    return Content("\n").join(_with_code(line, style) for line in spelled(text, node).split("\n"))


def _with_code(line: str, style: str) -> Content:
    if line.startswith("    "):
        return Content(line)
    pieces = _CODE.split(line)  # in turn what stands outside and inside
    return Content.assemble(*((piece, style if place % 2 else "") for place, piece in enumerate(pieces)))


def preformatted_width(text: str) -> int:
    """The columns that the widest block of Markdown wants which cannot be wrapped: code, or a table; 0 without one."""
    blocks = SyntaxTreeNode(MarkdownIt("gfm-like").parse(text)).walk()
    return max((_width(block) for block in blocks), default=0)


def _width(block: SyntaxTreeNode) -> int:
    if block.type in ("fence", "code_block"):
        return _FENCE + max(map(len, block.content.split("\n")))
    if block.type == "table":
        rows = [row.children for part in block.children for row in part.children]
        return sum(max(len(row[i].children[0].content) for row in rows) + _CELL for i in range(len(rows[0])))
    return 0


_CODE = re.compile(r"`([^`]+)`")
_FENCE, _CELL = 4, 3  # columns around a block of code, and around a cell of a table


def _ascii_reader() -> MarkdownIt:
    reader = MarkdownIt("gfm-like")
    reader.core.ruler.push("ascii", lambda state: _spell_out(state.tokens))
    return reader


def _spell_out(tokens: Iterable[Token]) -> None:
    for token in tokens:
        token.content = to_ascii(token.content)
        _spell_out(token.children or ())
