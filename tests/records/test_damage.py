"""What is damaged is set aside whole, under a name that was free."""

import errno
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from tuilab.records.damage import keep_aside, set_aside


def _content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_file_is_moved_and_nothing_is_overwritten(tmp_path):
    places = []
    for content in (b"one", b"two", b"three"):
        (tmp_path / "log.jsonl").write_bytes(content)
        places.append(set_aside(tmp_path / "log.jsonl", tmp_path / "data"))
    assert [place.read_bytes() for place in places] == [b"one", b"two", b"three"]
    assert not (tmp_path / "log.jsonl").exists()
    assert all(place.parent == tmp_path / "data" / "damaged" for place in places)
    assert all(place.name.startswith("log-") and place.suffix == ".jsonl" for place in places)


def test_a_folder_is_moved_with_what_is_in_it(tmp_path):
    for content in (b"one", b"two"):
        (tmp_path / "run").mkdir()
        (tmp_path / "run" / "state").write_bytes(content)
        place = set_aside(tmp_path / "run", tmp_path)
        assert _content(place) == {"state": content}
    assert len(list((tmp_path / "damaged").iterdir())) == 2 and not (tmp_path / "run").exists()


def test_a_link_is_moved_as_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    for target in ("real", "nowhere", "loop"):
        (tmp_path / "loop").symlink_to(target)
        assert os.readlink(set_aside(tmp_path / "loop", tmp_path)) == target
    assert (tmp_path / "real").is_dir()


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_is_kept_aside_stays_until_it_is_replaced(tmp_path, monkeypatch, links):
    def refuse(*_):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "progress.jsonl"
    path.write_bytes(b"junk")
    places = [keep_aside(path, tmp_path), keep_aside(path, tmp_path)]
    (tmp_path / "new").write_bytes(b"good")
    (tmp_path / "new").rename(path)
    assert path.read_bytes() == b"good"
    assert [place.read_bytes() for place in places] == [b"junk", b"junk"] and places[0] != places[1]


def test_what_cannot_be_moved_stays_and_leaves_no_empty_name(tmp_path):
    with pytest.raises(FileNotFoundError):
        set_aside(tmp_path / "gone", tmp_path)
    with pytest.raises(FileNotFoundError):
        keep_aside(tmp_path / "gone", tmp_path)
    assert list((tmp_path / "damaged").iterdir()) == []
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="Not a directory"):
        set_aside(tmp_path / "file", tmp_path / "file")
    assert (tmp_path / "file").exists()


def test_many_at_once_have_names_of_their_own(tmp_path):
    for number in range(40):
        (tmp_path / f"{number}").mkdir()
        (tmp_path / f"{number}" / "log.jsonl").write_text(str(number))
    with ThreadPoolExecutor(8) as pool:
        places = list(pool.map(lambda n: set_aside(tmp_path / f"{n}" / "log.jsonl", tmp_path), range(40)))
    assert [place.read_text() for place in places] == [str(number) for number in range(40)]
