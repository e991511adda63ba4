"""How long a learner was at each lesson, by the times of what they did there."""

from datetime import UTC, datetime

LONGEST = 300.0  # seconds without anything done that still count: a long page is read in them


class TimeSpent:
    """Adds up the seconds between one thing done and the next; those of a break do not count.

    Nothing counts after a lesson was left, or where the clock was set back.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.at: str | None = None  # the lesson that is open
        self._last: datetime | None = None

    def note(self, lesson: str, time: str) -> None:
        """Something was done in a lesson."""
        if self._count(time):
            self.at = lesson

    def left(self, lesson: str, time: str) -> None:
        """A lesson was left."""
        if self._count(time) and self.at == lesson:
            self.at = None

    def is_open(self, lesson: str, time: str) -> bool:
        """Whether the time until then counts for a lesson."""
        gap = self._gap(moment(time))
        return self.at == lesson and gap is not None and 0 <= gap <= LONGEST

    def _count(self, time: str) -> bool:
        now = moment(time)
        gap = self._gap(now)
        if self.at is not None and gap is not None and 0 < gap <= LONGEST:
            self.seconds[self.at] = self.seconds.get(self.at, 0.0) + gap
        self._last = now or self._last
        return now is not None

    def _gap(self, now: datetime | None) -> float | None:
        return (now - self._last).total_seconds() if now is not None and self._last is not None else None


def moment(time: str) -> datetime | None:
    """A time as an entry has it; None where it is none."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def minutes_of(seconds: float) -> int:
    """Whole minutes; a minute that was begun is one where there are no others."""
    return max(1, round(seconds / 60))


def long_told(seconds: float) -> str:
    """A time as it is told: `25 min`, `1 h 12 min`."""
    hours, minutes = divmod(minutes_of(seconds), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
