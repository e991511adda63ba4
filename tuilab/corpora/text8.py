"""text8: the first 100,000,000 characters of the English Wikipedia of March 2006, in a to z and spaces (Matt Mahoney).

What it is: http://mattmahoney.net/dc/textdata.html. It is fetched only when it is asked for, `tuilab fetch text8`.
"""

from tuilab.corpora import shelf
from tuilab.corpora.corpus import CorpusError
from tuilab.corpora.download import Source
from tuilab.corpora.files import Files
from tuilab.records.folders import is_restricted, is_within_reach

NAME = "text8"
TITLE = "text8: the English Wikipedia of 2006, in part"
SIZE = "17 million words; 31 MB to fetch, 100 MB on disk"

SOURCE = Source(
    name=NAME,
    address="http://mattmahoney.net/dc/text8.zip",
    size=31_344_016,
    sha256="a6640522afe85d1963ad56c05b0ede0a0c000dddc9671758a6cc09b7a38e5232",
    unpacked=100_000_000,
)


def open_text8() -> Files:
    """The text, where it has been fetched. Raises CorpusError."""
    path = shelf.find(NAME)
    if path is None or not is_within_reach(path):
        ask = "ask who looks after it" if is_restricted() else f"tuilab fetch {NAME} fetches it, 31 MB"
        raise CorpusError(f"{NAME} is not on this machine: {ask}.")
    return Files(NAME, TITLE, [path])
