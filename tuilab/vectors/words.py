"""The words of a file of vectors, found without a dictionary of all of them.

They lie in one array of bytes, one a line, the most frequent first; a second array says where each begins, a third in
which order they stand in the alphabet of their bytes. All three may be mapped from a file.
"""

from collections.abc import Iterator

import numpy as np

LONGEST = 1000  # bytes of a word
_LONGEST_NEAR, _MOST_NEAR = 100, 500_000  # bytes of a word that others are compared with, and how many of the others
_FEW = 64  # words that Python sorts
_NEAR = 2  # letters that may be wrong in what a spelling is found for


class Words:
    """Words by their ids, and ids by their words.

    `text` is uint8, the words in UTF-8 with a newline after each; `starts` is (words + 1,) and ends with the length of
    the text; `order` is (words,), the ids sorted by the bytes of their words.
    """

    def __init__(self, text: np.ndarray, starts: np.ndarray, order: np.ndarray) -> None:
        self._text, self._starts, self._order = text, starts, order
        self._bytes = memoryview(text)  # type: ignore[arg-type]

    @classmethod
    def of(cls, text: bytes) -> "Words":
        """The words of a text, one a line; the last line may do without its newline."""
        if text and not text.endswith(b"\n"):
            text += b"\n"
        array = np.frombuffer(text, dtype=np.uint8)
        starts = starts_of(array)
        return cls(array, starts, sorted_order(array, starts))

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, id: int) -> str:
        if not 0 <= id < len(self):
            raise IndexError(id)
        return self._at(id).decode(errors="replace")

    def __iter__(self) -> Iterator[str]:
        return (self[id] for id in range(len(self)))

    def find(self, word: str) -> int | None:
        """The id of a word; None where it is not there."""
        wanted = _bytes(word)
        place = self._place(wanted)
        if place == len(self):
            return None
        id = int(self._order[place])
        return id if self._at(id) == wanted else None

    def starting_with(self, prefix: str, most: int) -> list[str]:
        """The most frequent words that begin so."""
        begin = _bytes(prefix)
        first, last = self._place(begin), self._place(begin + b"\xff")  # no UTF-8 has that byte
        ids = np.asarray(self._order[first:last]) if begin else np.arange(len(self))
        if len(ids) > most:
            ids = np.partition(ids, most)[:most]
        return [self[int(id)] for id in np.sort(ids)]

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """The words that are spelled most like it: those that fewest bytes make of it, the most frequent first.

        At most two bytes may be put in, left out or changed; of a word of three letters or fewer, one. Of many words
        only the half million most frequent are looked at.
        """
        wanted = np.frombuffer(_bytes(word), dtype=np.uint8)
        if len(wanted) > _LONGEST_NEAR:
            return []
        near = _NEAR if len(word) > 3 else 1
        lengths = np.diff(self._starts[: _MOST_NEAR + 1]) - 1
        ids = np.flatnonzero(np.abs(lengths - len(wanted)) <= near)
        if not len(ids) or not len(wanted):
            return []
        distances = self._distances(ids, lengths[ids], wanted)
        close = np.flatnonzero(distances <= near)
        ranked = close[np.lexsort((ids[close], distances[close]))][:most]
        return [self[int(ids[each])] for each in ranked]

    def _at(self, id: int) -> bytes:
        return bytes(self._bytes[int(self._starts[id]) : int(self._starts[id + 1]) - 1])

    def _place(self, wanted: bytes) -> int:
        """How many words stand before it in the alphabet."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._at(int(self._order[middle])) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def _distances(self, ids: np.ndarray, lengths: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Levenshtein's distances of words of these lengths, (ids,), by its table with a column for all at once."""
        longest = int(lengths.max())
        places = np.asarray(self._starts)[ids][:, None] + np.arange(longest)
        letters = np.asarray(self._text)[np.minimum(places, len(self._text) - 1)].T
        before = [np.full(len(ids), n, dtype=np.uint8) for n in range(len(wanted) + 1)]
        found = before[-1].copy()
        for n in range(longest):
            now = [np.full(len(ids), min(n + 1, 255), dtype=np.uint8)]
            for m, letter in enumerate(wanted):
                changed = before[m] + (letters[n] != letter)
                now.append(np.minimum(np.minimum(before[m + 1], now[m]) + np.uint8(1), changed))
            found = np.where(lengths == n + 1, now[-1], found)
            before = now
        return found


def _bytes(typed: str) -> bytes:
    """UTF-8, and for what is none on a command line bytes that no word has."""
    return typed.encode(errors="surrogatepass")


def starts_of(text: np.ndarray) -> np.ndarray:
    """Where each line of a text begins, and where the last one ends: (lines + 1,) int32."""
    return np.concatenate(([0], np.flatnonzero(text == ord("\n")) + 1)).astype(np.int32)


def sorted_order(text: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The lines of a text sorted by their bytes, of equal ones the first first: (lines,) int32.

    Eight bytes of each are compared at a time, as one number; few lines that are equal so far become Python's.
    """
    order = np.arange(len(starts) - 1, dtype=np.int32)
    waiting = [(order, 0)]
    while waiting:
        part, depth = waiting.pop()
        waiting += [(group, depth + 8) for group in _sorted_by(part, text, starts, depth)]
    return order


def numbers_of(text: np.ndarray, begins: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Eight bytes from each place on as a number, (places,) uint64; those from its end on are zeros."""
    found = np.zeros(len(begins), dtype=np.uint64)
    for place in range(8):
        there = np.flatnonzero(begins + place < ends)
        found <<= np.uint64(8)
        found[there] |= text[begins[there] + place]
    return found


def _sorted_by(part: np.ndarray, text: np.ndarray, starts: np.ndarray, depth: int) -> Iterator[np.ndarray]:
    """Sort ids, in place, by eight bytes of their lines; those that are equal there and go on are handed back."""
    begins, ends = starts[part] + depth, starts[part + 1] - 1
    keys = numbers_of(text, begins, ends)
    ranks = np.argsort(keys, kind="stable")
    part[:] = part[ranks]
    keys, goes_on = keys[ranks], (ends - begins > 8)[ranks]
    bounds = np.concatenate(([0], np.flatnonzero(keys[1:] != keys[:-1]) + 1, [len(part)]))
    for place in np.flatnonzero(np.diff(bounds) > 1):
        group = part[bounds[place] : bounds[place + 1]]
        if len(group) > _FEW and goes_on[bounds[place] : bounds[place + 1]].any():
            yield group
        else:
            group[:] = sorted(group.tolist(), key=lambda id: text[starts[id] : starts[id + 1] - 1].tobytes())
