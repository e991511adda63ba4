import os
from pathlib import Path

import pytest

from tests.data.conftest import Write, rows
from tuilab.data.errors import DataError
from tuilab.data.open import open_series


@pytest.mark.parametrize(
    "name, said",
    [
        ("no.csv", "There is no file no.csv; name a CSV file, or milk."),
        (".", ". is a folder; name a CSV file in it."),
        ("empty.csv", "empty.csv is empty; it needs a row for each value."),
        ("pipe", "pipe is no file that can be read to its end; name a CSV file."),
        ("x" * 300, "cannot be read: File name too long."),
        ("a\0b", "There is no file a?b; name a CSV file"),
    ],
)
def test_what_is_no_table_is_said(tmp_path: Path, monkeypatch, name: str, said: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.csv").touch()
    os.mkfifo("pipe")
    with pytest.raises(DataError) as refused:
        open_series(name)
    assert said in str(refused.value)


def test_a_file_that_has_changed_is_read_anew(table: Write) -> None:
    path = table(rows([1, 2, 3]))
    assert open_series(str(path)).values.tolist() == [1, 2, 3]
    table(rows([1, 2, 3, 5]))
    assert open_series(str(path)).values.tolist() == [1, 2, 3, 5]


def test_in_restricted_mode_only_what_is_within_reach(table: Write, tmp_path: Path, monkeypatch) -> None:
    path = table(rows())
    monkeypatch.setenv("TUILAB_RESTRICTED", "1")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert len(open_series(str(path)).values) == 60 and len(open_series("~/table.csv").values) == 60
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in (str(path), str(tmp_path / "no.csv"), "/etc/passwd", "~/../table.csv"):
        with pytest.raises(DataError, match=r"is outside of your own folder, and cannot be read in restricted mode"):
            open_series(name)
    assert len(open_series("milk").values) == 168


def test_a_million_rows_in_bounded_memory(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("n,v\n")
        file.writelines(f"{place},{place % 7 + place / 1000}\n" for place in range(1_000_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    series = open_series(str(path))
    assert len(series.values) == 1_000_000 and series.label(999_999) == "999999"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400 * 1024  # KiB
