"""Notices: one at a time, over the keys in the last lines, so that it covers nothing of a page or a lab."""

from textual.app import App
from textual.notifications import Notify


class NoticesApp(App[None]):
    """An app whose newest notice takes the place of the one before."""

    def on_notify(self, _event: Notify) -> None:
        """A notice is about to be shown: take the last one away."""
        self.clear_notifications()
