"""The terminal's means, as widgets see them."""

from textual.dom import DOMNode

from tuilab.terminal.means import Means

_ALL = Means()


def means_of(node: DOMNode) -> Means:
    """What the terminal that a widget is shown on can do; everything, where the app does not say."""
    means: Means = getattr(node.app, "means", _ALL)
    return means
