"""The server that `tuilab fetch` is given in its tests."""

from tests.corpora.conftest import archive, server, source

__all__ = ["archive", "server", "source"]
