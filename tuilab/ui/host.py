"""The app, as screens and widgets of this room see it."""

from typing import TYPE_CHECKING, cast

from textual.dom import DOMNode

if TYPE_CHECKING:
    from tuilab.ui.app import TuilabApp


def host(node: DOMNode) -> "TuilabApp":
    """The app that a screen or widget belongs to."""
    return cast("TuilabApp", node.app)
