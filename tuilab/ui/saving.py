"""Tells the learner, on whatever screen, while progress is not saved, and once what was damaged of it."""

from tuilab.records.progress import Progress
from tuilab.ui.home import HomeScreen
from tuilab.ui.keybar import KeyBar
from tuilab.ui.notices import NoticesApp


class SavingApp(NoticesApp):
    """An app with a record of progress."""

    progress: Progress
    _told: tuple[str, ...] = ()

    @property
    def unsaved(self) -> str:
        """Why progress is not saved; empty where it is."""
        return self.progress.problem or ""

    @property
    def footnote(self) -> str:
        """What stands before the keys as long as it is so."""
        return "not saved" if self.unsaved else ""

    def progress_changed(self) -> None:
        """Say what is new: home has a place for it, elsewhere it is a notice and a word in the last line."""
        if not self.is_running:
            return
        now = tuple(filter(None, (self.unsaved, self.progress.damage)))
        if now == self._told:
            return
        new, self._told = [sentence for sentence in now if sentence not in self._told], now
        for screen in self.screen_stack:
            for bar in screen.query(KeyBar):
                bar.look()
        if isinstance(self.screen, HomeScreen):
            self.screen.fill()
        elif new:
            self.notify(" ".join(new), severity="warning", timeout=8, markup=False)
