"""What a check is asked for, and what it says."""

from typing import Literal

import msgspec

Kind = Literal["right", "wrong", "slip", "failed", "stopped"]
MEGABYTE = 1 << 20


class Limits(msgspec.Struct, frozen=True):
    """What a check may use; they guard against accidents, not against malice.

    `memory` is what it may take beyond what torch itself has.
    """

    seconds: float = 5.0
    memory: int = 512 * MEGABYTE
    processes: int = 16
    file: int = 16 * MEGABYTE
    printed: int = MEGABYTE
    shown: int = 2000


class Job(msgspec.Struct, frozen=True):
    """A check: the folder of the exercise, the learner's file, and what is put beside its copy.

    `pieces` are the folders of exercises that this one is put together of; their files are among `files`, if begun.
    """

    exercise: str
    file: str
    files: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    limits: Limits = Limits()


class Verdict(msgspec.Struct, frozen=True):
    """What came of a check.

    `right`; `wrong`, `sentences` say where; `slip`, a known one, whose file is `slip`; `failed`, the code could not be
    run to its end; `stopped` at a limit. `line` and `column` are those of the learner's file, from 1, `code` that line;
    0 where there is none. `shown` is what the exercise shows of code that is right, line by line. `printed` is what the
    code printed, `cut` says that it printed more.
    """

    kind: Kind
    sentences: tuple[str, ...] = ()
    line: int = 0
    column: int = 0
    code: str = ""
    slip: str = ""
    shown: tuple[str, ...] = ()
    printed: str = ""
    cut: bool = False
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether the exercise is solved."""
        return self.kind == "right"


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """From the checker, once: torch is loaded."""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """From the checker: the verdict on the job that was asked for."""

    verdict: Verdict


encode = msgspec.json.Encoder().encode
decode_job = msgspec.json.Decoder(Job).decode
decode_verdict = msgspec.json.Decoder(Verdict).decode
decode_told = msgspec.json.Decoder(Ready | Done).decode


def line_of(text: str, longest: int = 100) -> str:
    """A text as one line that steers no terminal; its spaces stay, for it may be a row of a table."""
    return "".join(character if character.isprintable() else "?" for character in text[:longest])


def printable(text: str, longest: int = 400) -> str:
    """A text on one line, cut where it is long, with nothing in it that steers a terminal."""
    words = " ".join(text.split())
    shown = words if len(words) <= longest else f"{words[: longest - 1]}…"
    return "".join(character if character.isprintable() else "?" for character in shown)
