from pathlib import Path

import msgspec
import numpy as np
import pytest

from tests.labs.programs import run
from tests.labs.test_cell_experiment import keep
from tuilab.data.open import open_series
from tuilab.engine.baselines import rmse
from tuilab.labs import catalogue
from tuilab.labs.branching import begin
from tuilab.labs.forecast import plain
from tuilab.labs.forecast.dataspec import DataForecast
from tuilab.labs.forecast.experiment import Training, answer, needs
from tuilab.labs.forecast.genspec import Naive
from tuilab.labs.forecast.spec import Forecast, ForecastView
from tuilab.labs.forecast.verdict import verdict
from tuilab.labs.keepsake import line_of
from tuilab.labs.spelling import SpellingError, parse, rebuild, spell, texts

SMALL = "forecast data=milk hidden=4 length=6 batch=4 steps=6"


def training(text: str) -> Training:
    spec = parse(text)
    assert isinstance(spec, DataForecast)
    return Training(spec)


def trained(text: str) -> Training:
    made = training(text)
    while made.step < made.total:
        made.advance()
    return made


def write(path: Path, values, dates=None, head: str = "date,v") -> Path:
    dates = dates or [f"{1990 + at // 12}-{at % 12 + 1:02}" for at in range(len(values))]
    path.write_text("\n".join([head, *(f"{when},{value}" for when, value in zip(dates, values, strict=True))]) + "\n")
    return path


def wave(count: int) -> list[float]:
    return [round(100 + 10 * np.sin(2 * np.pi * at / 12) + 0.3 * at, 2) for at in range(count)]


def test_with_data_it_is_another_spec_with_settings_of_its_own() -> None:
    assert isinstance(parse("forecast"), Forecast) and isinstance(parse("forecast data=''"), Forecast)
    spec = parse("forecast data=milk")
    assert isinstance(spec, DataForecast) and spell(spec) == "forecast data=milk"
    assert parse("forecast data=milk length=30").length == 30  # said, so it counts, though it is the sine's default
    with pytest.raises(SpellingError, match=r"there is no field 'begin'\. There are: data, column, season"):
        parse("forecast data=milk begin=3")
    with pytest.raises(SpellingError, match="there is no field 'season'"):
        parse("forecast season=12")
    for refused in ("length=1", "difference=season season=1", "peephole=full", "validation=-2"):
        with pytest.raises(SpellingError, match=r"is not allowed|is for"):
            parse(f"forecast data=milk {refused}")


def test_a_form_leads_from_one_to_the_other_and_takes_along_what_was_changed() -> None:
    sine = {"data": "", "hidden": "8", "length": "30", "steps": "4000", "begin": "0"}
    assert rebuild(Forecast, sine) == parse("forecast hidden=8")
    assert rebuild(Forecast, sine | {"data": "milk"}) == parse("forecast data=milk hidden=8")
    assert rebuild(DataForecast, {"data": "", "hidden": "8", "season": "4"}) == parse("forecast hidden=8")


def test_what_is_locked_is_taken_along_as_it_is() -> None:
    sine = texts(parse("forecast lock=hidden hide=seed")) | {"data": "milk"}
    assert rebuild(Forecast, sine) == parse("forecast data=milk hidden=32 seed=1 lock=hidden hide=seed")
    with pytest.raises(SpellingError, match=r"begin is locked .*, and with what was typed there would be no begin"):
        rebuild(Forecast, texts(parse("forecast lock=begin")) | {"data": "milk"})
    kept = texts(parse("forecast data=milk lock=all")) | {"steps": "7"}
    assert rebuild(DataForecast, kept) == parse("forecast data=milk steps=7 lock=all")  # the form has no such line


def test_a_line_to_be_sent_says_that_the_table_is_only_here(tmp_path: Path) -> None:
    assert line_of(parse("forecast data=milk")) == ("tuilab open 'forecast data=milk seed=1'", [])
    line, (note,) = line_of(parse(f"forecast data={tmp_path}/own.csv"))
    assert line == f"tuilab open 'forecast data={tmp_path}/own.csv seed=1'" and "is on this machine" in note


def test_the_milk_series_is_split_by_time_and_its_season_is_found() -> None:
    plan = answer(parse("forecast data=milk"))
    report = plan.data
    parts = [(part.part, part.rows, part.first, part.last) for part in report.parts]
    assert parts == [
        ("training", 144, "1962-01", "1973-12"),
        ("validation", 12, "1974-01", "1974-12"),
        ("held out", 12, "1975-01", "1975-12"),
    ]
    assert (report.season, report.length, plan.inputs) == (12, 24, [32, 24, 1])
    by_name = {(score.forecast, score.way): score for score in report.scores}
    milk = open_series("milk").values
    seasonal = by_name["seasonal naive", "free running"]
    assert seasonal.rmse == pytest.approx(rmse(milk[156:], milk[144:156])) == pytest.approx(13.2319, abs=1e-4)
    assert seasonal.mae == pytest.approx(119 / 12)
    scale = np.abs(milk[12:156] - milk[:144]).mean()
    assert seasonal.mase == pytest.approx(119 / 12 / scale)
    assert by_name["naive", "free running"].rmse == pytest.approx(rmse(milk[156:], np.full(12, 813.0)))
    assert by_name["naive", "one step ahead"].rmse == pytest.approx(rmse(milk[156:], milk[155:167]))
    assert not report.verdict and not report.free


def test_the_view_is_in_the_unit_of_the_series_and_its_errors_are_of_what_it_shows() -> None:
    view = trained("forecast data=milk steps=60").view()
    report, milk = view.data, open_series("milk").values
    assert view.truth == milk[156:].tolist() == report.held and view.x == list(range(157, 169))
    by_way = {score.way: score for score in report.scores if score.forecast == "network"}
    assert by_way["one step ahead"].rmse == pytest.approx(rmse(milk[156:], np.array(view.predicted)))
    assert by_way["free running"].rmse == pytest.approx(rmse(milk[156:], np.array(report.free)))
    assert view.held_out_loss == pytest.approx(by_way["one step ahead"].rmse ** 2)
    assert report.free[0] == pytest.approx(view.predicted[0], abs=1e-3)  # the first has seen the same
    assert report.free[1] != pytest.approx(view.predicted[1], abs=1e-3)
    assert 0 < report.validation < 100


def test_what_is_held_out_is_not_learned_from(tmp_path: Path) -> None:
    """Other held-out rows, the same training; and other validation rows, the same too."""
    values = wave(96)
    paths = [write(tmp_path / "1.csv", values)]
    paths.append(write(tmp_path / "2.csv", [*values[:84], *(1e6 * value for value in values[84:])]))
    paths.append(write(tmp_path / "3.csv", [*values[:72], *(7 * value for value in values[72:84]), *values[84:]]))
    runs = [training(f"forecast data={path} hidden=4 steps=5") for path in paths]
    metrics = [[made.advance() for _ in range(5)] for made in runs]
    assert metrics[0] == metrics[1] == metrics[2]
    assert runs[0].view().predicted[0] == runs[1].view().predicted[0]


@pytest.mark.parametrize("difference", ["step", "season", "no"])
def test_each_difference_learns_something(difference: str) -> None:
    report = trained(f"forecast data=milk difference={difference} steps=200").view().data
    by_name = {(score.forecast, score.way): score.rmse for score in report.scores}
    assert by_name["network", "free running"] < 0.7 * by_name["naive", "free running"]


@pytest.mark.parametrize("seed", range(1, 4))
def test_on_milk_the_defaults_are_near_or_better_than_the_seasonal_naive_forecast(seed: int) -> None:
    report = trained(f"forecast data=milk seed={seed}").view().data
    by_name = {(score.forecast, score.way): score.rmse for score in report.scores}
    assert by_name["network", "free running"] < 1.5 * by_name["seasonal naive", "free running"]
    assert by_name["network", "one step ahead"] < 0.8 * by_name["seasonal naive", "one step ahead"]


def test_the_verdict_says_where_the_network_is_worse() -> None:
    view = trained(SMALL.replace("steps=6", "steps=1")).view()
    assert view.data.verdict.startswith("The network is worse than seasonal naive free running, ")
    assert "against 13.2 pounds, and worse than seasonal naive one step ahead, " in view.data.verdict

    def said(free: float, ahead: float) -> str:
        scores = [
            msgspec.structs.replace(score, rmse=free if score.way == "free running" else ahead)
            if score.forecast == "network"
            else score
            for score in view.data.scores
        ]
        return verdict(scores, "pounds")

    assert said(18.1, 6.0) == (
        "The network is worse than seasonal naive free running, 18.1 against 13.2 pounds, and better than seasonal "
        "naive one step ahead, 6.00 against 13.2."
    )
    assert "as good as seasonal naive free running, 13.2 against 13.2 pounds, and" in said(13.23, 6.0)


def test_gaps_and_their_rows_are_told_and_what_was_made_up_is_not_measured(tmp_path: Path) -> None:
    values: list[object] = [*wave(96)]
    values[90] = "nan"
    report = trained(f"forecast data={write(tmp_path / 'gap.csv', values)} hidden=4 steps=2").view().data
    assert "1 value is missing, 1997-07 (row 92)" in report.notes[0]
    truth = np.delete(report.held, 6)
    network = next(score for score in report.scores if score.way == "free running")
    assert network.rmse == pytest.approx(rmse(truth, np.delete(report.free, 6)))


def test_a_gap_before_what_is_held_out_is_not_filled_from_behind_it(tmp_path: Path) -> None:
    values: list[object] = [*wave(96)]
    values[82] = values[83] = "nan"
    made = training(f"forecast data={write(tmp_path / 'gap.csv', values)} hidden=4 steps=2")
    assert made.series.prepared.values[81:84].tolist() == [values[81]] * 3
    assert "filled with the value before it" in made.series.notes[-1]


REFUSED = {
    "season=60": "season=60 is too long: milk has 168 rows, and three seasons have to fit in",
    "held=150": "milk has 168 rows; with held=150 and validation=0 there are 18 left to train on, and at least 24",
    "held=60 validation=100": "with held=60 and validation=100 there are 8 left to train on",
    "length=143": "length=143 is too long: milk has 143 rows to train on, and a window and the row after it",
    "column=ounces": "milk.csv has no column 'ounces'; it has month, pounds.",
}


@pytest.mark.parametrize("settings", REFUSED)
def test_what_does_not_fit_is_said(settings: str) -> None:
    with pytest.raises(ValueError) as refused:
        training(f"forecast data=milk {settings}")
    assert REFUSED[settings] in str(refused.value) and str(refused.value).endswith(".")


def test_series_too_short_for_a_season_or_without_one(tmp_path: Path) -> None:
    path = write(tmp_path / "short.csv", wave(30))
    report = answer(parse(f"forecast data={path}")).data
    assert report.season == 1 and "A season of 12 rows does not fit into 30 rows 4 times: season=1" in report.notes[0]
    assert {score.forecast for score in report.scores} == {"naive"}
    with pytest.raises(ValueError, match="difference=season needs a season, and none was found"):
        training(f"forecast data={path} difference=season")
    with pytest.raises(ValueError, match=r"has 6 rows; .* take a longer series, or hold out fewer"):
        training(f"forecast data={write(tmp_path / 'six.csv', wave(6))}")
    straight = write(tmp_path / "straight.csv", range(96))
    with pytest.raises(ValueError, match="difference=step leaves nothing to learn"):
        training(f"forecast data={straight}")


def test_a_kept_run_goes_on_unless_its_data_have_changed(tmp_path: Path) -> None:
    path = write(tmp_path / "wave.csv", wave(96))
    spelled = f"forecast data={path} hidden=4 steps=8"
    first = trained(spelled)
    state = {name: array.copy() for name, array in first.state().items()}
    second, _ = begin(parse(spelled))
    second.restore(8, state)
    assert second.view() == first.view()
    write(path, [*wave(95), 1.0])
    with pytest.raises(ValueError, match="has changed since; train on it anew"):
        training(spelled).restore(8, state)


def test_it_generates_from_a_window_of_the_series() -> None:
    made, milk = trained(SMALL), open_series("milk").values
    found = made.answer(parse("generate first=10 steps=5"))
    assert found.x == list(range(12, 23)) and found.truth == milk[11:22].tolist() and found.prompt == 6
    assert found.values[:6] == found.truth[:6]
    assert found.rmse == pytest.approx(rmse(milk[17:22], np.array(found.values[6:])))
    assert found.errors == pytest.approx(np.abs(milk[17:22] - np.array(found.values[6:])))
    assert found.held == 157 and found.lasted is None and found.drift is None
    assert found.naive == Naive("seasonal naive", milk[5:10].tolist(), rmse(milk[17:22], milk[5:10]))
    ahead = [made.series.ahead(made.model, 17 + place, 1)[0] for place in range(5)]
    assert found.forced == pytest.approx(ahead)
    assert found.forced_rmse == pytest.approx(rmse(milk[17:22], np.array(ahead)))
    with pytest.raises(ValueError, match="first=157 with steps=5 leads beyond the series; first is at most 156"):
        made.answer(parse("generate first=157 steps=5"))
    with pytest.raises(ValueError, match="leads beyond the series; steps is at most 161"):
        made.answer(parse("generate first=0 steps=500"))
    for prompt in ("zeros", "wave"):
        with pytest.raises(ValueError, match=rf"prompt={prompt} is for sin\(x\)"):
            made.answer(parse(f"generate prompt={prompt} steps=5"))


def test_left_out_it_generates_what_was_held_out() -> None:
    made, milk = trained(SMALL), open_series("milk").values
    found, report = made.answer(parse("generate")), made.view().data
    assert found.truth[6:] == milk[-12:].tolist() and found.x[6] == found.held == 157
    assert found.values[6:] == pytest.approx(report.free) and found.forced == pytest.approx(made.view().predicted)
    assert found.naive.values == report.seasonal


def test_without_a_season_or_before_a_whole_one_the_last_row_is_the_naive_forecast() -> None:
    made, milk = trained(f"{SMALL} season=1"), open_series("milk").values
    assert made.answer(parse("generate first=3 steps=2")).naive == Naive(
        "naive", [milk[9]] * 2, rmse(milk[10:12], np.full(2, milk[9]))
    )
    assert trained(SMALL).answer(parse("generate first=4 steps=2")).naive.name == "naive"  # eleven rows before it


def test_its_cells_can_be_looked_into() -> None:
    keep(f"{SMALL}", 5)
    cell = parse("cell model=last length=24 t=12 cell=gru")
    found = catalogue.experiment_of("cell").answer(cell)
    made = training(SMALL)
    assert found.now.x == pytest.approx([made.series.prepared.inputs(13, 1).item()])
    with pytest.raises(ValueError, match="milk gives 167 numbers; first=160 and 25 more are too many"):
        catalogue.experiment_of("cell").answer(parse("cell model=last length=24 first=160"))


def test_memory_is_reckoned_with_the_length_that_is_found_out() -> None:
    assert needs(parse("forecast data=milk")) == needs(parse("forecast data=milk length=24"))


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "difference=season cell=lstm noise=0 clip=0",
        "difference=no validation=0 held=15 layers=2 optimiser=rmsprop",
        "cell=gru reset=before season=6 optimiser=sgd",
        "peephole=full cell=lstm",
    ],
)
def test_the_program_prints_the_same_numbers(settings: str) -> None:
    compare(f"forecast data=milk {settings} steps=12")


def test_the_program_of_a_table_with_a_gap_and_of_one_with_commas(tmp_path: Path) -> None:
    values: list[object] = [*wave(96)]
    values[30] = "nan"
    compare(f"forecast data={write(tmp_path / 'gap.csv', values)} steps=5")
    path = tmp_path / "comma.csv"
    lines = [f"{at + 1};{value}".replace(".", ",") for at, value in enumerate(wave(96))]
    path.write_bytes("\n".join(["Nr;Größe", *lines]).encode("latin-1"))
    compare(f"forecast data={path} season=12 steps=5")


def compare(spelled: str) -> None:
    made = training(spelled)
    while made.step < made.total:
        loss = made.advance().loss
    view = made.view()
    assert isinstance(view, ForecastView) and isinstance(made.spec, DataForecast)
    lines = dict(line.rsplit(" ", 1) for line in run(plain.code(made.spec, view)).splitlines())
    for score in view.data.scores:
        told = score.way if score.forecast == "network" else score.forecast
        if score.forecast == "network" or score.way == "free running":
            assert float(lines[told]) == pytest.approx(score.rmse, rel=1e-3)
    assert float(lines["loss"]) == pytest.approx(loss, rel=1e-3)
