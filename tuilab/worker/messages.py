"""What the two processes say to each other: one JSON object a line, tagged, validated on arrival.

An experiment travels as its spelling. Bodies are encoded and decoded by the lab's own types.
"""

from typing import Literal

import msgspec


class Message(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """Any message; `id` is that of the ask or the run it belongs to."""

    id: int


class Ask(Message, tag="ask", frozen=True):
    """To the worker: answer this spelling; `run` is the run the question is about, if it is about one."""

    spelling: str
    run: int | None = None


class Start(Message, tag="start", frozen=True):
    """To the worker: run this spelling; `paused` makes it wait for a step or a resume."""

    spelling: str
    paused: bool = False


class Resume(Message, tag="resume", frozen=True):
    """To the worker: take up the kept run of this name where it was last saved."""

    name: str
    paused: bool = False


class Control(Message, tag="control", frozen=True):
    """To the worker: do this with the run."""

    action: Literal["pause", "resume", "step", "stop", "forget"]


class Change(Message, tag="change", frozen=True):
    """To the worker: switch these settings, in their text form, in the run, after the step that it is at.

    With `at` the run goes back first, to where it was after that many steps; what came later is dropped.
    """

    settings: dict[str, str]
    at: int | None = None


Command = Ask | Start | Resume | Control | Change


class Ready(Message, tag="ready", frozen=True):
    """From the worker, once: torch is loaded."""

    torch: str


class Working(Message, tag="working", frozen=True):
    """From the worker: it computes, and that nothing else is heard is no fault."""


class Answer(Message, tag="answer", frozen=True):
    """From the worker: the answer to an ask."""

    body: msgspec.Raw


class Refused(Message, tag="refused", frozen=True):
    """From the worker: why an ask or a run cannot be had, in a sentence for the learner."""

    sentence: str


class Steps(Message, tag="steps", frozen=True):
    """From the worker: what training measured since the last such message; none is ever left out.

    `first` is the number of the first step listed, `seconds` the time spent training so far.
    """

    first: int
    loss: list[float]
    gradient_norm: list[float]
    seconds: float


class Snapshot(Message, tag="snapshot", frozen=True):
    """From the worker: what the run shows of itself after `step` steps, of the lab's `view` type."""

    step: int
    body: msgspec.Raw


class Finished(Message, tag="finished", frozen=True):
    """From the worker: the run has ended after `step` steps; `sentence` says why where it is not plain."""

    reason: Literal["done", "stopped", "diverged", "failed"]
    step: int
    seconds: float
    sentence: str = ""


class Named(Message, tag="named", frozen=True):
    """From the worker: under which name the run is kept, and what keeps it from being saved, if something does.

    `taken_up` says that it comes from its last save, and that everything it measured is told again.
    """

    name: str
    problem: str = ""
    taken_up: bool = False


class Changed(Message, tag="changed", frozen=True):
    """From the worker: the run is at `step` now and is spelled so; `sentence` says why a change was refused.

    Where it goes back `step` is a little before where it was to go, `until`: it trains up to there again, then waits.
    """

    spelling: str
    step: int
    sentence: str = ""
    until: int = 0


Event = Changed | Ready | Answer | Refused | Steps | Snapshot | Finished | Named | Working

encode = msgspec.json.Encoder().encode
decode_command = msgspec.json.Decoder(Command).decode
decode_event = msgspec.json.Decoder(Event).decode
