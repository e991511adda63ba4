import msgspec
import pytest

from tuilab.worker.messages import (
    Answer,
    Ask,
    Control,
    Finished,
    Message,
    Ready,
    Refused,
    Snapshot,
    Start,
    Steps,
    Working,
    decode_command,
    decode_event,
    encode,
)

COMMANDS = [Ask(1, "unroll seed=1"), Ask(2, "generate", 1), Start(3, "forecast", True), Control(3, "pause")]
EVENTS = [
    Ready(0, "2.13"),
    Working(0),
    Refused(1, "It cannot be: π, “quoted”,\nin two lines."),
    Steps(3, 7, [0.5, 1e-300], [1.0, 2.0], 0.25),
    Finished(3, "diverged", 8, 0.5, "The loss became inf."),
]


@pytest.mark.parametrize("message", COMMANDS, ids=repr)
def test_commands_round_trip(message: Message) -> None:
    assert decode_command(encode(message)) == message


@pytest.mark.parametrize("message", EVENTS, ids=repr)
def test_events_round_trip_and_take_one_line(message: Message) -> None:
    line = encode(message)
    assert decode_event(line) == message and b"\n" not in line


@pytest.mark.parametrize("kind", [Answer, lambda id, body: Snapshot(id, 4, body)])
def test_a_body_passes_through_as_it_was_written(kind) -> None:
    line = encode(kind(1, msgspec.Raw(b'{"x":[1.5,2]}')))
    assert bytes(decode_event(line).body) == b'{"x":[1.5,2]}'


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"hello",
        b'{"type":"ask"}',
        b'{"type":"dance","id":1}',
        b'{"type":"ask","id":"one","spelling":"unroll"}',
        b'{"type":"ask","id":1,"spelling":"unroll","more":1}',
        b'{"type":"control","id":1,"action":"explode"}',
        b'{"type":"ready","id":0,"torch":"2"}',
    ],
)
def test_what_is_no_command_is_refused(line: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_command(line)
