"""A slow line on this machine: a relay between two sockets with a rate and a delay each way.

Each way holds what a line holds and no more: a chunk of bytes leaves at the rate, arrives after the delay, and the
next is taken in only when the last has left. The sockets' own buffers are made small, so that who sends too much is
held back, as over a modem. What cannot be had here are the headers of packets: only the bytes of the stream count.
"""

import queue
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

CHUNK = 256  # bytes that leave in one piece
BUFFER = 4096  # bytes that a socket of the relay holds in each direction; the system doubles it
PAUSE = 0.05  # seconds that a thread may be late; after longer ones the line has stood still
SEGMENT = 1200  # bytes of a packet: those of the loopback are larger than the buffer and would make it stutter


@dataclass(frozen=True)
class Speed:
    """How fast a line is, the same each way."""

    bits: float  # a second
    delay: float  # seconds

    def __str__(self) -> str:
        rate = f"{self.bits / 1e6:g} Mbit/s" if self.bits >= 1e6 else f"{self.bits / 1e3:g} kbit/s"
        return f"{rate}, {self.delay * 1000:.0f} ms"


MODEM = Speed(56e3, 0.150)
MOBILE = Speed(1e6, 0.040)
LOOPBACK = Speed(1e9, 0.0)


class SlowLine:
    """Takes connections on `port` and leads them to `target`, both on the loopback."""

    def __init__(self, target: int, speed: Speed) -> None:
        self.speed = speed
        self._target = target
        self._open = threading.Event()  # clear while the line is frozen
        self._open.set()
        self._sockets: list[socket.socket] = []
        self._listener = _socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen()
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def freeze(self) -> None:
        """From now on nothing gets through and nobody is told: the line is open and silent."""
        self._open.clear()

    def thaw(self) -> None:
        """What was held back goes on."""
        self._open.set()

    def cut(self) -> None:
        """End every connection at once, at both of its ends."""
        for end in self._sockets:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End everything."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        self.thaw()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = _socket()
                far.connect(("127.0.0.1", self._target))
                near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._sockets += [near, far]
                _Way(near, far, self.speed, self._open).start()
                _Way(far, near, self.speed, self._open).start()


class _Way:
    """One direction of a connection: a thread takes bytes in at the rate, another gives them out after the delay."""

    def __init__(self, source: socket.socket, sink: socket.socket, speed: Speed, line_open: threading.Event) -> None:
        self.source, self.sink, self.speed, self.open = source, sink, speed, line_open
        self._under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

    def start(self) -> None:
        """Carry bytes until the source ends."""
        threading.Thread(target=self._take, daemon=True).start()
        threading.Thread(target=self._give, daemon=True).start()

    def _take(self) -> None:
        left = 0.0  # when the last chunk has left
        data = b"the first"
        while data:
            self.open.wait()
            waited, data = self._receive()
            now = time.monotonic()
            begun = now if waited or now - left > PAUSE else left  # bytes that lay ready follow without a gap
            left = begun + len(data) * 8 / self.speed.bits
            _sleep_until(left)
            self._under_way.put((left + self.speed.delay, data))

    def _receive(self) -> tuple[bool, bytes]:
        """Some bytes, none when the source has ended, and whether they had to be waited for."""
        try:
            try:
                return False, self.source.recv(CHUNK, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return True, self.source.recv(CHUNK)
        except OSError:
            return True, b""

    def _give(self) -> None:
        with suppress(OSError):
            while True:
                due, data = self._under_way.get()
                _sleep_until(due)
                self.open.wait()
                if not data:
                    break
                self.sink.sendall(data)
        with suppress(OSError):
            self.sink.shutdown(socket.SHUT_WR)


def _socket() -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made


def _sleep_until(when: float) -> None:
    wait = when - time.monotonic()
    if wait > 0.001:  # shorter ones add up: the clock of the line goes on without them
        time.sleep(wait)
