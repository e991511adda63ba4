"""Home's line about what was missed."""

from textual.widgets import Static

from tuilab.course.review import Asked, count_told, missed
from tuilab.ui.host import host


class ReviewLine(Static):
    """Says which questions are to be asked once more; it is not there where there are none."""

    DEFAULT_CSS = """
    ReviewLine { display: none; height: 2; padding: 0 2 1 2; color: $primary; text-wrap: nowrap;
        text-overflow: ellipsis; }
    """

    def __init__(self) -> None:
        super().__init__("", markup=False)
        self.questions: list[Asked] = []

    def look(self) -> None:
        """Look for them."""
        self.questions = missed(host(self).lessons, host(self).progress)
        self.display = bool(self.questions)
        self.screen.set_class(self.display, "with-review")
        if self.questions:
            self.update(f"r reviews   {count_told(self.questions)} that went wrong")
