"""A download: whole, broken off and taken up, wrong, without room; and what is left behind each time."""

import fcntl
import socket
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.corpora.conftest import TEXT, Server
from tuilab.corpora import download
from tuilab.corpora.corpus import CorpusError
from tuilab.corpora.download import Source, fetch

PART = "text8.zip.part"


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def break_off(source: Source, folder: Path, server: Server, after: int) -> str:
    server.breaks_after = after
    with pytest.raises(CorpusError) as broken:
        fetch(source, folder)
    server.breaks_after = None
    return str(broken.value)


def test_it_comes_whole_with_progress_and_nothing_else_is_left(source, folder) -> None:
    told: list[tuple[int, int]] = []
    path = fetch(source, folder, told=lambda here, all_of_it: told.append((here, all_of_it)))
    assert path == folder / "text8" and path.read_bytes() == TEXT and left(folder) == ["text8"]
    assert len(told) > 3 and told == sorted(told) and told[-1] == (source.size, source.size)


def test_one_that_broke_off_says_so_and_goes_on_where_it_was(source, folder, server) -> None:
    half = source.size // 2
    said = break_off(source, folder, server, half)
    assert "broke off after 0.3 of 0.5 MB; the same command goes on from there" in said
    assert left(folder) == [PART] and (folder / PART).stat().st_size == half
    break_off(source, folder, server, 0)
    break_off(source, folder, server, 1000)
    assert (folder / PART).stat().st_size == half + 1000
    assert fetch(source, folder).read_bytes() == TEXT and left(folder) == ["text8"]
    assert server.asked[0] == (None, None)
    assert server.asked[1:] == [(f"bytes={here}-", server.changed) for here in (half, half, half + 1000)]


def test_a_file_that_was_changed_meanwhile_comes_from_its_beginning(source, folder, server) -> None:
    break_off(source, folder, server, 5000)
    server.changed = "Mon, 01 Jan 2024 00:00:00 GMT"
    assert fetch(source, folder).read_bytes() == TEXT


@pytest.mark.parametrize("attribute", ["ranges", "length"])
def test_a_server_without_ranges_or_without_a_length_will_do(source, folder, server, attribute) -> None:
    setattr(server, attribute, False)
    break_off(source, folder, server, 5000)
    assert fetch(source, folder).read_bytes() == TEXT


def test_all_of_the_archive_but_not_yet_unpacked_needs_no_server(source, folder, archive) -> None:
    folder.mkdir(parents=True)
    (folder / PART).write_bytes(archive)
    (folder / "text8.new").write_bytes(b"of one that was killed")
    assert fetch(source, folder, "http://127.0.0.1:1/").read_bytes() == TEXT and left(folder) == ["text8"]


def test_a_wrong_checksum_is_deleted(source, folder, server) -> None:
    server.content = server.content[:-1] + b"x"
    with pytest.raises(CorpusError, match=r"is not text8.zip \(its SHA-256 is [0-9a-f]{64}\); it is deleted"):
        fetch(source, folder)
    assert left(folder) == []


def test_another_file_is_seen_by_its_size_before_it_comes(source, folder, server) -> None:
    server.content = b"<html>Log in first</html>"
    with pytest.raises(CorpusError, match=r"has 25 bytes where text8\.zip has"):
        fetch(source, folder)
    assert left(folder) == []


def test_what_came_is_kept_when_the_server_has_another_file_by_now(source, folder, server) -> None:
    break_off(source, folder, server, 5000)
    server.status = 503
    with pytest.raises(CorpusError, match=r"text8\.zip answers 503 Service Unavailable"):
        fetch(source, folder)
    assert (folder / PART).stat().st_size == 5000


def test_no_network(source, folder) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/text8.zip"
        with pytest.raises(CorpusError, match=r"cannot be reached: Connection refused\."):
            fetch(source, folder, address)
    assert left(folder) == []


def test_a_server_that_says_nothing(source, folder, monkeypatch) -> None:
    monkeypatch.setattr(download, "PATIENCE", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(CorpusError, match="cannot be reached: timed out"):
            fetch(source, folder, address)


def test_something_that_does_not_speak_http(source, folder) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        other.settimeout(10)
        address = f"http://127.0.0.1:{other.getsockname()[1]}/"

        def greet() -> None:
            connection, _ = other.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"SSH-2.0-OpenSSH\r\n")

        thread = threading.Thread(target=greet)
        thread.start()
        with pytest.raises(CorpusError, match="cannot be"):
            fetch(source, folder, address)
        thread.join()
    assert left(folder) == []


@pytest.mark.parametrize("address", ["ftp://x/text8.zip", "file:///etc/passwd", "/etc/passwd", "text8.zip"])
def test_only_http_is_fetched_from(source, folder, address) -> None:
    with pytest.raises(CorpusError, match="is no address to fetch from"):
        fetch(source, folder, address)
    assert not folder.exists()


@pytest.mark.parametrize("rest", ["", "a b/", "x:y/", "[", "[::1]x/", "a" * 70 + ".example/"])
def test_an_address_that_cannot_be_is_one_sentence(source, folder, rest) -> None:
    address = f"http://{rest}"
    with pytest.raises(CorpusError) as refused:
        fetch(source, folder, address)
    assert address in str(refused.value)


def test_no_room(source, folder, monkeypatch) -> None:
    monkeypatch.setattr(download.shutil, "disk_usage", lambda path: SimpleNamespace(free=0))
    with pytest.raises(CorpusError, match=rf"text8 needs 2 MB in {folder}; 0 MB are free\."):
        fetch(source, folder)
    assert left(folder) == []


def test_room_that_runs_out_on_the_way(source, folder, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(download.shutil, "copyfileobj", full)
    with pytest.raises(CorpusError, match=f"{folder}: No space left on device; the same command goes on from there"):
        fetch(source, folder)
    assert left(folder) == [PART]


def test_a_folder_that_is_a_file(source, tmp_path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(CorpusError, match="data"):
        fetch(source, tmp_path / "data" / "corpora")


def test_two_at_once_do_not_mix(source, folder) -> None:
    folder.mkdir(parents=True)
    with (folder / PART).open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CorpusError, match="Another tuilab is fetching text8 just now"):
            fetch(source, folder)
