"""Notices: one at a time, over the keys in the last lines, so that it covers nothing of a page or a lab."""

from textual.app import App
from textual.notifications import Notify


class NoticesApp(App[None]):
    """An app whose newest notice takes the place of the one before."""

    def on_notify(self, event: Notify) -> None:
        """A notice is about to be shown: take the last one away."""
        self.clear_notifications()
        self.set_timer(event.notification.timeout + 0.2, self._uncover)

    def _uncover(self) -> None:
        """Draw what a notice lay on, which may have changed under it; what is as it was is not sent."""
        self.screen.refresh()
