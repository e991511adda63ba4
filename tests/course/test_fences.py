import pytest
from markdown_it import MarkdownIt

from tuilab.course.fences import Fence, Line, is_heading, split

TEXTS = {
    "none": "one\n\ntwo",
    "plain": "a\n```lab\nopen = 1\n```\nb",
    "tildes": "~~~ text\n```\n~~~\nb",
    "longer": "````text\n```\n````\nb",
    "longer end": "```text\na\n`````\nb",
    "inline": "```not a fence```\n\n```\na\n```",
    "indented": "- a\n\n  ```python\n  b\n  ```\n",
    "open": "a\n\n```lab\nb\nc",
    "empty": "```\n```",
    "text after mark": "```\na\n``` b\n```",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_finds_what_a_markdown_parser_finds(text):
    ours = [(fence.line, fence.info) for fence in split(text) if isinstance(fence, Fence)]
    theirs = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    assert ours == [(token.map[0] + 1, token.info.strip()) for token in theirs]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_loses_nothing(text):
    assert "\n".join(p.text if isinstance(p, Line) else p.source for p in split(text)) == text


def test_numbers_lines_from_where_it_is_told():
    line, fence, after = split("a\n```lab x\nb\nc\n```\nd", first_line=7)
    assert (line, after) == (Line("a", 7), Line("d", 12))
    assert fence == Fence("lab", "b\nc", "```lab x\nb\nc\n```", 8, True)


def test_knows_a_fence_that_is_not_closed():
    assert [part.closed for part in split("```lab\na") if isinstance(part, Fence)] == [False]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("## a", True), ("##", True), ("### a", False), ("# a", False), ("##a", False), (" a", False)],
)
def test_knows_where_a_page_begins(text, expected):
    assert is_heading(Line(text, 1)) is expected
