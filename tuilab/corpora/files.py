"""A text file, or all text files of a folder, as a corpus; streamed, so that it may be larger than memory."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from tuilab.corpora import english
from tuilab.corpora.corpus import CorpusError, Judges
from tuilab.corpora.decoding import blocks, is_binary
from tuilab.corpora.tokens import sentences
from tuilab.records.folders import is_within_reach


class Files:
    """The files of a corpus, read one after the other; a file's end is a sentence's end."""

    def __init__(self, name: str, title: str, paths: list[Path], encoding: str = "auto") -> None:
        self.name, self.title, self.paths, self.encoding = name, title, paths, encoding

    def sentences(self) -> Iterator[list[str]]:
        """As Corpus has it; raises CorpusError at the first byte that is no text, and where there are no words."""
        empty = True
        for path in self.paths:
            for sentence in sentences(blocks(path, self.encoding)):
                empty = False
                yield sentence
        if empty:
            raise CorpusError(f"{self.name} has no words.")

    def stamp(self) -> tuple[object, ...]:
        """The files, how long they are and when they were changed. Raises CorpusError where one is gone."""
        try:
            about = [(path, path.stat()) for path in self.paths]
        except OSError as error:
            raise CorpusError(f"{error.filename} cannot be read: {error.strerror}.") from None
        return tuple((path, status.st_size, status.st_mtime_ns) for path, status in about)

    def judges(self) -> Judges:
        """English facts and a human's scores; words that the text does not have are for the asker to leave out."""
        return english.judges()


def open_files(name: str, path: Path, encoding: str = "auto") -> Files:
    """A file as it is, or the text files of a folder. Raises CorpusError where there is no text to be read."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            paths = _text_files(name, path)
        elif not stat.S_ISREG(status.st_mode):
            raise CorpusError(f"{name} is neither a file nor a folder.")
        elif not status.st_size:
            raise CorpusError(f"{name} is empty.")
        else:
            paths = [path]
    except OSError as error:
        raise CorpusError(f"{error.filename or name} cannot be read: {error.strerror or error}.") from None
    return Files(name, path.name or str(path), paths, encoding)


def _text_files(name: str, folder: Path) -> list[Path]:
    """The files of a folder and of those in it, sorted; hidden, binary and empty ones are left out."""
    found, left_out = list[Path](), 0
    for parent, folders, files in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            path = Path(parent, each)
            if each.startswith(".") or not _has_text(path):
                left_out += 1
            else:
                found.append(path)
    if not found:
        why = f": of its {left_out} files each is hidden, binary or empty" if left_out else ": it has no files"
        raise CorpusError(f"{name} holds no text{why}.")
    return found


def _has_text(path: Path) -> bool:
    """Whether a file of a folder is one to read; links are followed, but not out of reach."""
    status = path.stat() if path.exists() else None
    if status is None or not stat.S_ISREG(status.st_mode) or not status.st_size:
        return False
    return is_within_reach(path) and not is_binary(path)


def _refuse(error: OSError) -> None:
    raise error
