"""A forecast of one's own series by typed lines."""

from pathlib import Path

SMALL = "forecast data=milk hidden=4 steps=5"


def test_what_was_found_then_the_errors_and_the_verdict(talk) -> None:
    said = talk("lab", "train", lab=SMALL)
    assert "milk.csv, monthly, season 12, windows of 24: 144 training from 1962-01, 12\nvalidation from 1974-01" in said
    assert "pounds               MAE    RMSE    MASE        MAE    RMSE    MASE\n" in said
    assert "seasonal naive      9.92    13.2    0.45       9.92    13.2    0.45\n" in said
    assert "The network is worse than seasonal naive free running, " in said
    assert "data.values" not in said  # what was said in words need not be printed


def test_set_leads_to_a_series_of_ones_own_and_back(talk) -> None:
    said = talk("set data=milk", "settings", "set data=", "settings", lab="forecast hidden=4")
    assert "The lab stands at: forecast data=milk hidden=4." in said and "season=0: rows in a season" in said
    assert "The lab stands at: forecast hidden=4." in said and "begin=0: where the series begins" in said


def test_gaps_are_named_and_what_is_wrong_is_said(talk, tmp_path: Path) -> None:
    rows = [f"{1990 + at // 12}-{at % 12 + 1:02},{at % 12 + at / 10}" for at in range(96)]
    path = tmp_path / "gap.csv"
    path.write_text("\n".join(["date,v", *rows[:20], *rows[21:]]))
    assert "1 value is missing, 1991-09 (no row): filled in by a straight line" in talk(
        "lab", lab=f"forecast data={path}"
    )
    path.write_text("\n".join(["date,v", *rows[:20], "1991-09,many", *rows[21:]]))
    said = talk("lab", "train", "set data=no.csv", lab=f"forecast data={path}")
    assert said.count("gap.csv, row 22, column v: 'many' is no number; correct it, or leave it empty.") == 2
    assert "There is no file no.csv; name a CSV file, or milk." in said.replace("\n", " ")


def test_its_program(talk) -> None:
    assert 'print("seasonal naive", ' in talk("code", lab=SMALL)
