from tuilab.records.worksheets import begin, begin_anew, worksheet


def test_a_file_is_begun_once_and_then_left_alone(tmp_path):
    path = worksheet(tmp_path, "07-milk", "window")
    assert path == tmp_path / "07-milk" / "window.py"
    assert begin(path, b"starter") and path.read_bytes() == b"starter" and path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(b"mine")
    assert not begin(path, b"starter") and path.read_bytes() == b"mine"


def test_what_was_written_is_kept_each_time_it_is_begun_anew(tmp_path):
    path = worksheet(tmp_path, "07-milk", "window")
    assert begin_anew(path, b"starter") is None and path.read_bytes() == b"starter"
    kept = []
    for mine in (b"one", b"two", b"three"):
        path.write_bytes(mine)
        kept.append(begin_anew(path, b"starter"))
        assert path.read_bytes() == b"starter"
    assert [each.read_bytes() for each in kept] == [b"one", b"two", b"three"]
    assert {each.parent for each in kept} == {path.parent / "before"} and all(each.suffix == ".py" for each in kept)


def test_a_link_to_a_file_elsewhere_is_the_learners_own(tmp_path):
    path, elsewhere = worksheet(tmp_path, "07-milk", "window"), tmp_path / "mine.py"
    elsewhere.write_bytes(b"mine")
    path.parent.mkdir()
    path.symlink_to(elsewhere)
    assert not begin(path, b"starter")
    begin_anew(path, b"starter")
    assert elsewhere.read_bytes() == b"mine" and path.read_bytes() == b"starter"
