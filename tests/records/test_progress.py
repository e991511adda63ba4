import json
import os
import shutil

import pytest

from tuilab.records.progress import Progress

HEADER = '{"format": 1}\n'
PAGE = '{"lesson": "01-a", "page": 2, "time": "t"}\n'


def _fill(folder):
    progress = Progress(folder)
    progress.page_seen("01-a", 1)
    progress.page_seen("01-a", 2)
    progress.answered("q", "0,5", False)
    progress.page_seen("02-b", 1)
    progress.answered("q", "µ \udc80", True)
    progress.page_seen("01-a", 1)
    progress.set_setting("theme", "dark")
    progress.set_setting("hints", False)
    return progress


def _state(progress):
    places = (
        progress.pages("01-a"),
        progress.last_page("01-a"),
        progress.last_page("02-b"),
        progress.last_place(),
    )
    return places, progress.answers(), progress.setting("theme"), progress.setting("hints")


def _lines(folder):
    return [json.loads(line) for line in (folder / "progress.jsonl").read_text().splitlines()]


@pytest.fixture
def write(tmp_path):
    def write(text):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "progress.jsonl").write_bytes(data)
        return Progress(tmp_path)

    return write


def test_what_was_done_is_there_again(tmp_path):
    expected = ({1, 2}, 1, 1, ("01-a", 1)), {"q": True}, "dark", False
    assert _state(_fill(tmp_path)) == expected
    again = Progress(tmp_path)
    assert (_state(again), again.problem) == (expected, None)


def test_a_new_record_is_empty_and_leaves_no_file(tmp_path):
    progress = Progress(tmp_path / "new")
    assert (progress.pages("a"), progress.last_page("a"), progress.last_place()) == (set(), None, None)
    assert (progress.answers(), progress.setting("a"), progress.problem) == ({}, None, None)
    assert not (tmp_path / "new").exists()


def test_the_file_is_lines_of_json_under_a_format(tmp_path):
    _fill(tmp_path)
    header, first, *_ = _lines(tmp_path)
    assert header == {"format": 1}
    assert first | {"time": ""} == {"lesson": "01-a", "page": 1, "time": ""}
    assert first["time"].endswith("+00:00")


def test_only_the_learner_can_read_it(tmp_path):
    _fill(tmp_path / "data" / "tuilab")
    assert (tmp_path / "data" / "tuilab").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "data" / "tuilab" / "progress.jsonl").stat().st_mode & 0o777 == 0o600


def test_hints_that_were_used_are_there_again_and_older_files_have_none(tmp_path, write):
    progress = Progress(tmp_path / "new")
    progress.hinted("q", 1)
    progress.hinted("q", 2)
    progress.hinted("q", 1)
    again = Progress(tmp_path / "new")
    assert (again.hints("q"), again.hints("r"), again.answers()) == (2, 0, {})
    assert [line["step"] for line in _lines(tmp_path / "new")[1:]] == [1, 2]
    assert write(HEADER + PAGE).hints("q") == 0


def test_a_jump_to_a_page_does_not_begin_its_lesson_and_reading_it_does(tmp_path, write):
    assert write(HEADER + PAGE).begun("01-a")
    progress = Progress(tmp_path / "new")
    progress.page_seen("01-a", 3, jumped=True)
    assert not progress.begun("01-a") and not Progress(tmp_path / "new").begun("01-a")
    assert progress.last_place() == ("01-a", 3)
    progress.page_seen("01-a", 3)
    progress.page_seen("01-a", 3)
    assert Progress(tmp_path / "new").begun("01-a") and len(_lines(tmp_path / "new")) == 3


def test_what_led_to_the_newest_right_answer_is_told_and_what_was_before_is_forgotten(tmp_path):
    progress = Progress(tmp_path)
    progress.answered("q", "1", False)
    progress.answered("q", "2", False)
    progress.hinted("q", 1)
    assert (progress.trouble("q"), progress.hints("q")) == (0, 1)
    progress.answered("q", "3", True)
    assert (progress.trouble("q"), progress.hints("q")) == (3, 0)
    assert Progress(tmp_path).trouble("q") == 3
    progress.hinted("q", 1)
    progress.answered("q", "3", True)
    assert Progress(tmp_path).trouble("q") == 1
    progress.answered("q", "3", True)
    assert (Progress(tmp_path).trouble("q"), progress.trouble("other")) == (0, 0)


def test_what_was_once_right_counts_though_a_review_found_it_forgotten(tmp_path):
    progress = Progress(tmp_path)
    for quiz, right in (("one/a", True), ("one/a", False), ("one/b", False), ("other/a", True)):
        progress.answered(quiz, "x", right)
    assert progress.score("one") == Progress(tmp_path).score("one") == (1, 2)
    assert progress.score("on") == (0, 0)


def test_what_was_predicted_is_there_again_and_is_no_answer(tmp_path):
    progress = Progress(tmp_path)
    progress.predicted("p", "0.5", False)
    progress.predicted("p", "0.7", True)
    found = Progress(tmp_path).prediction("p")
    assert found is not None and (found.given, found.right) == ("0.7", True)
    assert progress.prediction("q") is None and Progress(tmp_path).answers() == {}


def test_the_same_again_adds_no_line(tmp_path):
    progress = _fill(tmp_path)
    before = _lines(tmp_path)
    progress.page_seen("01-a", 1)
    progress.set_setting("theme", "dark")
    assert _lines(tmp_path) == before
    Progress(tmp_path).page_seen("01-a", 1)
    assert _lines(tmp_path) == before


def test_a_file_cut_at_any_byte_is_read_and_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
    _fill(tmp_path / "whole")
    data = (tmp_path / "whole" / "progress.jsonl").read_bytes()
    folder = tmp_path / "cut"
    folder.mkdir()
    for length in range(len(data) + 1):
        (folder / "progress.jsonl").write_bytes(data[:length])
        whole = [json.loads(line) for line in data[:length].split(b"\n")[:-1]]
        pages = {entry["page"] for entry in whole if entry.get("lesson") == "01-a"}
        progress = Progress(folder)
        assert pages <= progress.pages("01-a")
        progress.page_seen("01-a", 99)
        again = Progress(folder)
        assert (again.problem, again.last_place()) == (None, ("01-a", 99))
        assert again.pages("01-a") == progress.pages("01-a")
        torn = not _is_whole(data[:length])
        assert (progress.damage != "", (folder / "damaged").exists(), again.damage) == (torn, torn, "")
        shutil.rmtree(folder / "damaged", ignore_errors=True)
        assert _lines(folder)[: len(whole)] == whole and len(_lines(folder)) <= max(2, len(whole) + 2)


def _is_whole(data):
    try:
        return not [json.loads(line) for line in data.split(b"\n") if line] or True
    except ValueError:
        return False


@pytest.mark.parametrize("header", ['{"format": 2}', '{"format": "x"}', '{"format": null}'])
def test_a_file_of_another_format_is_left_alone(write, tmp_path, header):
    text = f"{header}\n{PAGE}"
    progress = write(text)
    progress.page_seen("01-a", 5)
    assert progress.problem == f"Progress in {tmp_path} is of a newer tuilab and is left alone."
    assert progress.pages("01-a") == {5}
    assert (tmp_path / "progress.jsonl").read_text() == text


def test_each_line_is_one_write_and_is_synced(tmp_path, monkeypatch):
    written, synced = [], []
    write, sync = os.write, os.fsync
    monkeypatch.setattr(os, "write", lambda descriptor, data: written.append(data) or write(descriptor, data))
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(len(written)) or sync(descriptor))
    progress = Progress(tmp_path)
    progress.page_seen("01-a", 1)
    progress.answered("q", "1", True)
    assert b"".join(written) == (tmp_path / "progress.jsonl").read_bytes()
    assert [data.count(b"\n") for data in written] == [1, 1, 1]
    assert synced == [2, 3]
