"""A damaged file of progress: the good lines count, nothing is lost, and the learner is told."""

import fcntl
import json
import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import pytest

from tuilab.records.progress import Progress

HEADER = b'{"format": 1}\n'
PAGE = b'{"lesson": "01-a", "page": 2, "time": "t"}\n'
ANSWER = b'{"quiz": "01-a/q", "right": true, "given": "1", "time": "t"}\n'


@pytest.fixture
def write(tmp_path):
    def write(data):
        (tmp_path / "progress.jsonl").write_bytes(data)
        return Progress(tmp_path)

    return write


def _kept(folder):
    return [path.read_bytes() for path in sorted((folder / "damaged").glob("*"))]


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"[]",
        b"3",
        b"null",
        b"\xff\xfe",
        b"\0\0\0\0",
        b"[" * 100_000,
        b"9" * 5000,
        '{"lesson": "01-a", "page": 9, "time": "t"}'.encode("utf-16"),
        b'{"lesson": "01-a", "page": "9", "time": "t"}',
        b'{"lesson": "01-a", "page": true, "time": "t"}',
        b'{"lesson": ["01-a"], "page": 9, "time": "t"}',
        b'{"lesson": "01-a"}',
        b'{"quiz": "q", "right": 1, "given": "", "time": "t"}',
        b'{"setting": "theme", "value": [1]}',
        b'{"lesson": "01-a", "page": 0, "time": "t"}',
        b'{"hint": "q", "step": -1, "time": "t"}',
        b'{"lab": "01-a", "page": 1, "time": "t"}',
        b'{"other": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b"\0" * 4096,
        b" " * ((1 << 20) + 1),
        b'{"lesson": "01-a", "page": 9, "time": "\xff"}',
    ],
)
def test_what_cannot_be_read_is_set_aside_and_the_rest_counts(write, tmp_path, line):
    data = HEADER + ANSWER + line + b"\n" + PAGE
    progress = write(data)
    assert (progress.pages("01-a"), progress.answers()) == ({2}, {"01-a/q": True})
    assert (tmp_path / "progress.jsonl").read_bytes() == data  # looking alone changes nothing
    progress.refresh()
    assert (tmp_path / "progress.jsonl").read_bytes() == HEADER + ANSWER + PAGE
    assert _kept(tmp_path) == [data]
    place = next((tmp_path / "damaged").iterdir())
    assert progress.damage == f"Progress was damaged: 1 of 3 lines could not be read; the file as it was is {place}."
    assert (progress.problem, progress.setting("theme")) == (None, None)


def test_it_is_mended_once_and_goes_on(write, tmp_path):
    progress = write(HEADER + b"junk\n" + PAGE)
    progress.page_seen("01-a", 3)
    progress.refresh()
    assert [json.loads(line) for line in (tmp_path / "progress.jsonl").read_bytes().splitlines()][1]["page"] == 2
    assert progress.pages("01-a") == {2, 3} and "1 of 3 lines" in progress.damage
    again = Progress(tmp_path)
    again.refresh()
    assert (again.pages("01-a"), again.damage, len(_kept(tmp_path))) == ({2, 3}, "", 1)


CUT = HEADER + ANSWER + b'{"lesson": "01-a", "page": 2, "ti'


def test_a_last_line_that_was_cut_short_is_told_once_and_the_file_is_kept_as_it_was(write, tmp_path):
    progress = write(CUT)
    progress.refresh()
    place = next((tmp_path / "damaged").iterdir())
    assert progress.damage == f"Progress was damaged: 1 of 2 lines could not be read; the file as it was is {place}."
    assert (tmp_path / "progress.jsonl").read_bytes() == HEADER + ANSWER and _kept(tmp_path) == [CUT]
    again = Progress(tmp_path)
    again.page_seen("01-a", 3)
    assert (again.damage, len(_kept(tmp_path))) == ("", 1)


def test_a_last_line_that_was_cut_short_is_told_with_the_next_entry_too(write, tmp_path):
    progress = write(CUT)
    progress.page_seen("01-a", 3)
    assert "1 of 3 lines could not be read" in progress.damage and b'"ti\n' in _kept(tmp_path)[0]
    assert Progress(tmp_path).pages("01-a") == {3}


def test_where_a_line_that_was_cut_short_cannot_be_set_aside_it_stays(write, tmp_path):
    (tmp_path / "damaged").write_text("in the way")
    progress = write(CUT)
    progress.refresh()
    progress.page_seen("01-a", 3)
    assert f"1 of 2 lines could not be read; the file is left as it is in {tmp_path}." in progress.damage
    assert (tmp_path / "progress.jsonl").read_bytes().startswith(CUT + b"\n")
    assert Progress(tmp_path).pages("01-a") == {3}


def test_a_line_that_another_program_is_just_writing_is_no_damage(write, tmp_path):
    with (tmp_path / "progress.lock").open("w") as lock, ThreadPoolExecutor(1) as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        progress = write(CUT)
        refreshed = pool.submit(progress.refresh)
        with (tmp_path / "progress.jsonl").open("ab") as file:
            file.write(b'me": "t"}\n')
        fcntl.flock(lock, fcntl.LOCK_UN)
        refreshed.result()
    assert (progress.damage, (tmp_path / "damaged").exists()) == ("", False)
    progress.refresh()
    assert progress.pages("01-a") == {2}


def test_lines_of_a_kind_that_comes_later_stay(write, tmp_path):
    later = b'{"mood": "bright", "deep": [[[[1]]]]}\n'
    progress = write(HEADER + later + b"junk\n" + PAGE)
    progress.refresh()
    assert (tmp_path / "progress.jsonl").read_bytes() == HEADER + later + PAGE
    fine = write(HEADER + later)
    fine.refresh()
    assert fine.damage == "" and (tmp_path / "progress.jsonl").read_bytes() == HEADER + later


@pytest.mark.parametrize("data", [b"\0" * 9000, b"junk", b"\n\n\xff", b"[]\n"])
def test_nothing_that_can_be_read_is_a_new_beginning(write, tmp_path, data):
    progress = write(data)
    progress.page_seen("01-a", 1)
    assert (Progress(tmp_path).pages("01-a"), progress.problem) == ({1}, None)
    assert progress.damage and _kept(tmp_path)[0].startswith(data)


def test_zeros_over_any_part_of_a_file_cost_the_lines_they_hit(write, tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    pages = [b'{"lesson": "01-a", "page": %d, "time": "t"}\n' % page for page in range(1, 9)]
    data = HEADER + b"".join(pages)
    for begin in range(0, len(data), 7):
        hit = data[:begin] + bytes(60) + data[begin + 60 :] if begin + 60 < len(data) else data[:begin] + bytes(60)
        whole = {page for page, line in enumerate(pages, 1) if b"\n" + line in b"\n" + hit}
        progress = write(hit)
        progress.refresh()
        assert progress.pages("01-a") == whole
        assert (progress.damage != "") and hit in _kept(tmp_path)


def test_a_line_without_an_end_is_read_in_pieces(tmp_path):
    with (tmp_path / "progress.jsonl").open("wb") as file:
        file.write(HEADER + PAGE)
        file.seek(100 << 20, os.SEEK_CUR)
        file.write(b"\n" + ANSWER)
    tracemalloc.start()
    try:
        progress = Progress(tmp_path)
        progress.refresh()
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()
    assert (progress.pages("01-a"), progress.answers()) == ({2}, {"01-a/q": True})
    assert (tmp_path / "progress.jsonl").read_bytes() == HEADER + PAGE + ANSWER
    assert next((tmp_path / "damaged").iterdir()).stat().st_size > 100 << 20


def test_where_it_cannot_be_set_aside_it_stays_and_is_said(write, tmp_path):
    (tmp_path / "damaged").write_text("in the way")
    data = HEADER + b"junk\n" + PAGE
    progress = write(data)
    progress.refresh()
    said = f"Progress was damaged: 1 of 2 lines could not be read; the file is left as it is in {tmp_path}."
    assert (progress.damage, progress.problem) == (said, None)
    progress.page_seen("01-a", 3)
    assert (tmp_path / "progress.jsonl").read_bytes().startswith(data)
    assert Progress(tmp_path).pages("01-a") == {2, 3}


def test_a_link_to_a_file_stays_a_link(write, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.jsonl").write_bytes(HEADER + b"junk\n" + PAGE)
    (tmp_path / "progress.jsonl").symlink_to(elsewhere / "mine.jsonl")
    progress = Progress(tmp_path)
    progress.refresh()
    assert (tmp_path / "progress.jsonl").is_symlink() and progress.damage
    assert (elsewhere / "mine.jsonl").read_bytes() == HEADER + PAGE


def test_a_time_that_is_none_and_numbers_beyond_all_bounds_do_no_harm(write):
    times = ["t", "", "9999-12-31T23:59:59", "0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00+00:00", "10" * 99]
    progress = write(HEADER + b"".join(PAGE.replace(b'"t"', json.dumps(time).encode()) for time in times))
    progress.page_seen("01-a", 2)
    assert (progress.damage, progress.seconds("01-a")) == ("", 0)
