"""When the next frame may go to the terminal: after the answer to the last one, and keys first."""

from collections import deque

FIRST_ANSWER, NEXT_ANSWER = 2.0, 15.0  # seconds until a terminal counts as one that does not answer
MUTE_INTERVAL, MUTE_HURRY = 0.5, 0.1  # seconds between frames for such a terminal, and after a key
MOST_UNANSWERED = 3  # frames under way when keys are pressed
MOST_AHEAD = 0.3  # seconds of a line's time that they may take, as far as is known
HURRY = 0.3  # seconds after a key in which frames do not wait
LARGE = 1000  # bytes of a frame that says how fast a line is
FORGETTING = 1.02  # by which the shortest way becomes longer with each answer, for a line that has become longer
LONGEST_REST = 1.0  # seconds


class Pacer:
    """Decides when the next frame may go, and counts what went.

    Times are in seconds of a monotonic clock, sizes in bytes.

    The shortest way there and back is what the line takes when it is empty; what an answer took beyond it, the frame
    took to go through. For as long again the line is left empty, so that a key finds it so at least every other time,
    however slow it is. From large frames follows how fast the line is, and how many a key may send ahead of answers.
    """

    def __init__(self) -> None:
        self.frames = self.bytes = 0  # all that went
        self.round_trip: float | None = None  # of the newest query that was answered
        self.mute = False
        self._heard = False
        self._under_way: deque[tuple[float, int]] = deque()  # when each unanswered frame went, and its size
        self._forgotten = 0  # answers that may yet come, and say nothing of the frames that went later
        self._sent = self._key = self._hurry_until = self._rest_until = float("-inf")
        self._shortest = float("inf")  # there and back
        self._byte = 0.0  # seconds that a byte takes

    @property
    def unanswered(self) -> int:
        """Frames that have gone and were not answered yet."""
        return len(self._under_way)

    def hurry(self, now: float) -> None:
        """A key was pressed: its answer does not wait behind a chart."""
        self._key, self._hurry_until = now, now + HURRY

    def sent(self, now: float, size: int = 0) -> None:
        """A frame and its query have gone."""
        if not self.mute:
            self._under_way.append((now, size))
        self._sent = now
        self.frames += 1
        self.bytes += size

    def answered(self, now: float) -> None:
        """The terminal has drawn a frame."""
        self.mute, self._heard = False, True
        forgotten, self._forgotten = self._forgotten, max(0, self._forgotten - 1)
        if not self._under_way:
            return
        went, size = self._under_way.popleft()
        if forgotten:
            return
        trip = self.round_trip = now - went
        self._shortest = min(trip, self._shortest * FORGETTING)
        through = trip - self._shortest
        self._rest_until = now + min(through, LONGEST_REST)
        if size >= LARGE:
            self._byte = through / size

    def forget(self) -> None:
        """Wait for no answer that is still to come: it may have gone elsewhere."""
        self._forgotten += len(self._under_way)
        self._under_way.clear()

    def wait(self, now: float) -> float:
        """Seconds until the next frame may go; 0 for now."""
        hurried = now < self._hurry_until
        if self.mute:
            return max(0.0, self._sent + (MUTE_HURRY if hurried else MUTE_INTERVAL) - now)
        if not self._under_way:
            return 0.0 if hurried else max(0.0, self._rest_until - now)
        if hurried and self.unanswered < MOST_UNANSWERED and self._ahead() < MOST_AHEAD:
            return 0.0
        late = self._sent + (NEXT_ANSWER if self._heard else FIRST_ANSWER) - now
        if late <= 0:
            # A terminal that has answered before and sends no keys either has a line that stands still: it gets a
            # frame now and then, so that little is to be caught up with when the line goes on.
            self.mute = not self._heard or self._key > self._sent
            self.forget()
        return max(0.0, late)

    def _ahead(self) -> float:
        """Seconds until the line is through with what is under way."""
        return sum(size for _, size in self._under_way) * self._byte
