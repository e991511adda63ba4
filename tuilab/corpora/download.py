"""Fetches a zip archive with one text in it: taken up where it broke off, checked, unpacked, and put in place whole.

What has come so far is NAME.zip.part, whose time of change is the server's, so that the rest is asked for only of the
same file (RFC 9110, Range and If-Range).
"""

import fcntl
import hashlib
import http.client
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import formatdate, parsedate_to_datetime
from io import BufferedRandom
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tuilab.corpora.corpus import CorpusError

PATIENCE = 30  # seconds without a byte
_BLOCK = 1 << 17
_GOES_ON = "the same command goes on from there"

Progress = Callable[[int, int], None]  # bytes of the archive that are here, and of all


class Source(NamedTuple):
    """A text to be fetched: its archive's address, size in bytes and checksum, and the text's own size."""

    name: str
    address: str
    size: int
    sha256: str
    unpacked: int


def fetch(source: Source, folder: Path, address: str | None = None, told: Progress = lambda here, all: None) -> Path:
    """Put the text into a folder, which is made; another address has the same archive. Raises CorpusError."""
    address = address or source.address
    if not address.startswith(("http://", "https://")):
        raise CorpusError(f"{address} is no address to fetch from: one begins with http:// or https://.")
    part, text = folder / f"{source.name}.zip.part", folder / source.name
    with _as_sentences(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(part) as file:
            _check_room(source, folder, file.seek(0, os.SEEK_END))
            _complete(source, address, file, told)
            _check(source, address, file, part)
            _unpack(source, file, text)
            part.unlink(missing_ok=True)  # another program that waited for this one to end may have it open
    return text


@contextmanager
def _as_sentences(folder: Path) -> Iterator[None]:
    """What goes wrong in a folder, said for the learner."""
    try:
        yield
    except PermissionError:
        raise CorpusError(f"{folder} cannot be written to by this account.") from None
    except OSError as error:
        raise CorpusError(f"{folder}: {error.strerror or error}; {_GOES_ON}.") from None


@contextmanager
def _alone(part: Path) -> Iterator[BufferedRandom]:
    """What has come so far, open for more; one program at a time. Where nothing came, nothing is left."""
    with part.open("ab+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CorpusError(f"Another tuilab is fetching {part.name.removesuffix('.zip.part')} just now.") from None
        try:
            yield file
        finally:
            if not file.seek(0, os.SEEK_END):
                part.unlink(missing_ok=True)


def _check_room(source: Source, folder: Path, here: int) -> None:
    needed, free = source.size - here + source.unpacked, shutil.disk_usage(folder).free
    if free < needed:
        raise CorpusError(f"{source.name} needs {needed / 1e6:.0f} MB in {folder}; {free / 1e6:.0f} MB are free.")


def _complete(source: Source, address: str, file: BufferedRandom, told: Progress) -> None:
    """Ask for what is missing and append it."""
    here = file.seek(0, os.SEEK_END)
    if here < source.size:
        with _ask(address, here, os.fstat(file.fileno()).st_mtime) as answer:
            start = _begin(source, address, answer, here)
            if start < here:
                file.truncate(start)
            _append(source, answer, file, start, told)


def _ask(address: str, here: int, changed: float) -> http.client.HTTPResponse:
    """Ask for a file, from byte `here` on if it has not been changed since."""
    wanted = {"Range": f"bytes={here}-", "If-Range": formatdate(changed, usegmt=True)} if here else {}
    try:
        return urlopen(Request(address, headers={"User-Agent": "tuilab"} | wanted), timeout=PATIENCE)
    except HTTPError as error:
        raise CorpusError(f"{address} answers {error.code} {error.reason}.") from None
    except OSError as error:
        reason = getattr(error, "reason", error)
        raise CorpusError(f"{address} cannot be reached: {getattr(reason, 'strerror', None) or reason}.") from None
    except (http.client.HTTPException, ValueError) as error:
        raise CorpusError(f"{address} cannot be asked: {error}.") from None


def _begin(source: Source, address: str, answer: http.client.HTTPResponse, here: int) -> int:
    """See what the server sends, the rest or all from the beginning; the number of bytes that are here then."""
    given = answer.headers.get("Content-Range") or f"bytes 0-/{answer.headers.get('Content-Length') or source.size}"
    start, all_of_it = given.removeprefix("bytes ").split("-")[0], given.rpartition("/")[2]
    if all_of_it != str(source.size) or start not in (str(here), "0"):
        raise CorpusError(f"{address} has {all_of_it} bytes where {source.name}.zip has {source.size:,}: another file.")
    return int(start)


def _append(source: Source, answer: http.client.HTTPResponse, file: BufferedRandom, here: int, told: Progress) -> None:
    """Write what comes, each block with the server's time of change; never more than there should be."""
    stamp = _stamp(answer)
    while here < source.size:
        try:
            block = answer.read1(min(_BLOCK, source.size - here))
        except (OSError, http.client.HTTPException):  # reset, or silent for too long
            block = b""
        if not block:
            where = f"after {here / 1e6:.1f} of {source.size / 1e6:.1f} MB"
            raise CorpusError(f"The download of {source.name} broke off {where}; {_GOES_ON}.")
        file.write(block)
        file.flush()
        if stamp is not None:
            os.utime(file.fileno(), (stamp, stamp))
        here += len(block)
        told(here, source.size)


def _stamp(answer: http.client.HTTPResponse) -> float | None:
    """When the server's file was last changed, in seconds since 1970."""
    try:
        return parsedate_to_datetime(answer.headers["Last-Modified"]).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None


def _check(source: Source, address: str, file: BufferedRandom, part: Path) -> None:
    """Hold what came against its checksum; what is wrong is deleted."""
    file.seek(0)
    found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != source.sha256:
        part.unlink()
        raise CorpusError(f"What came from {address} is not {source.name}.zip (its SHA-256 is {found}); it is deleted.")


def _unpack(source: Source, file: BufferedRandom, text: Path) -> None:
    """Put the text in place whole; what could not be written is not left behind."""
    beside = text.with_suffix(".new")
    try:
        with zipfile.ZipFile(file) as archive, archive.open(source.name) as packed, beside.open("wb") as out:
            shutil.copyfileobj(packed, out, _BLOCK)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(text)
    finally:
        beside.unlink(missing_ok=True)
