"""A server that has one archive, and does what a test tells it."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tuilab.corpora.download import Source

TEXT = b"".join(b" w%d" % (i * 7919 % 100_003) for i in range(200_000))


@pytest.fixture(scope="session")
def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("text8", TEXT)
    return out.getvalue()


class Server:
    """`breaks_after` bytes of an answer the line drops; `asked` are the requests' Range and If-Range."""

    def __init__(self, content: bytes) -> None:
        self.content, self.changed = content, formatdate(1_000_000_000, usegmt=True)
        self.breaks_after: int | None = None
        self.status, self.ranges, self.length = 0, True, True
        self.asked: list[tuple[str | None, str | None]] = []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.http.server_port}/text8.zip"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        return Handler

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        wanted, unless = request.headers.get("Range"), request.headers.get("If-Range")
        self.asked.append((wanted, unless))
        if self.status:
            request.send_error(self.status)
            return
        rest = self.ranges and wanted and unless in (None, self.changed)
        start = int(str(wanted).removeprefix("bytes=").rstrip("-")) if rest else 0
        request.send_response(206 if rest else 200)
        if rest:
            request.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        if self.length:
            request.send_header("Content-Length", str(len(self.content) - start))
        request.send_header("Last-Modified", self.changed)
        request.end_headers()
        body = self.content[start:]
        request.wfile.write(body if self.breaks_after is None else body[: self.breaks_after])


@pytest.fixture
def server(archive: bytes) -> Iterator[Server]:
    made = Server(archive)
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def source(server: Server, archive: bytes) -> Source:
    return Source("text8", server.address, len(archive), hashlib.sha256(archive).hexdigest(), len(TEXT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "corpora"
