"""The series lab: what it answers, what it refuses, what it says of a number."""

import math

import msgspec
import numpy as np
import pytest
import torch

from tests.labs.refusals import refusal
from tests.labs.typed import asked, names, question, said_to
from tuilab.course.quiz import judge
from tuilab.engine.series import SineSeries
from tuilab.labs import catalogue
from tuilab.labs.series.plain import why
from tuilab.labs.series.sentences import aliasing, formula, headlines
from tuilab.labs.series.spec import Part, Series
from tuilab.labs.spec import fields
from tuilab.labs.spelling import parse
from tuilab.widgets.numbers import four

WAVES = [
    "",
    "frequency=2.5",
    "wave=sum",
    "wave=sum parts=1:1,2:-0.5,5:0.25 frequency=2",
    "wave=sawtooth frequency=0.7",
    "wave=square begin=-7",
    "wave=sawtooth noise=0.2",
    "wave=sum noise=0.1",
    "wave=noise",
    "begin=-5 end=12 points=77",
]


def trace(more: str):
    spec = parse(f"series {more}")
    return spec, catalogue.part("series", "experiment").answer(spec)


def test_settings_that_it_shares_with_the_forecast_are_the_same():
    mine, theirs = (
        {field.name: field for field in fields(catalogue.lab(name).spec)} for name in ("series", "forecast")
    )
    for name in ("begin", "end", "points", "length", "batch", "seed"):
        assert mine[name].allowed == theirs[name].allowed
        assert mine[name].default == theirs[name].default or name == "batch"


def test_the_sine_is_the_series_that_a_forecast_is_trained_on():
    spec, found = trace("begin=-2 end=11 points=123")
    assert found.values == SineSeries(-2.0, 11.0, 123).values(0, 123).tolist()
    generator = torch.Generator().manual_seed(spec.seed)
    inputs, targets = SineSeries(-2.0, 11.0, 123).batch(3, 30, generator)
    assert [window.inputs for window in found.windows] == inputs[:, :, 0].tolist()
    assert [window.targets for window in found.windows] == targets[:, :, 0].tolist()


@pytest.mark.parametrize("more", WAVES)
def test_a_batch_is_windows_of_the_series_and_the_same_one_step_on(more):
    spec, found = trace(f"{more} batch=5 length=9 step=3")
    assert found.inputs == found.targets == [5, 9, 1] and len(found.values) == spec.points
    assert found.places == spec.points - 9
    for window in found.windows:
        assert 0 <= window.first < found.places
        assert window.x == pytest.approx(spec.begin + spec.spacing * window.first)
        assert window.inputs == found.values[window.first : window.first + 9]
        assert window.targets == found.values[window.first + 1 : window.first + 10]


def test_each_step_draws_a_batch_and_the_seed_draws_the_same_again():
    assert trace("step=2 seed=5")[1] == trace("step=2 seed=5")[1]
    firsts = [tuple(window.first for window in trace(f"step={step} batch=6")[1].windows) for step in range(4)]
    assert len(set(firsts)) == 4
    assert firsts == [tuple(w.first for w in trace(f"step={step} batch=6 wave=square noise=1")[1].windows)
                      for step in range(4)]  # fmt: skip
    drawn = {first for seed in range(40) for first in (w.first for w in trace(f"batch=256 seed={seed}")[1].windows)}
    assert drawn == set(range(270))


def test_noise_has_the_deviation_that_was_asked_for():
    plain, noisy = (np.array(trace(f"points=50000 {more}")[1].values) for more in ("", "noise=0.3"))
    assert (noisy - plain).std() == pytest.approx(0.3, rel=0.02)
    alone = np.array(trace("points=50000 wave=noise")[1].values)
    assert alone.std() == pytest.approx(1, rel=0.02) and abs(np.corrcoef(alone[:-1], alone[1:])[0, 1]) < 0.02
    assert trace("noise=0.3 seed=2")[1].values != trace("noise=0.3")[1].values


def test_a_wave_that_is_too_fast_is_said_to_be_and_drawn_between_its_points():
    spec, found = trace("frequency=62")
    assert found.limit == pytest.approx(10 * math.pi) and found.alias == pytest.approx(20 * math.pi - 62)
    assert aliasing(spec, found) == "Frequency 62 is above the sampling limit π / 0.1 = 31.4: it looks like 0.832."
    slow = -np.sin(found.alias * 0.1 * np.arange(300))
    assert np.allclose(found.values, slow, atol=1e-5)
    assert np.allclose(found.wave, np.sin(62 * np.array(found.wave_x)), atol=1e-9) and len(found.wave) > 5000
    assert (found.wave_x[0], found.wave_x[-1]) == (0, 30)
    still, constant = trace(f"points=30 length=5 frequency={2 * math.pi!r}")
    assert aliasing(still, constant).endswith("the points stand still.")
    for more in ("", "wave=noise frequency=900", "frequency=31"):
        assert aliasing(*trace(more)) == ""
    assert trace("")[1].wave == [] and aliasing(*trace("wave=sum parts=1:1,40:1")) != ""


def test_the_sines_of_a_sum_are_multiples_of_the_frequency():
    spec, found = trace("wave=sum parts=1:2,3:-0.5 frequency=2")
    assert spec.sines == (Part(2, 2), Part(6, -0.5)) and formula(spec) == "2·sin(2·x) + (−0.5)·sin(6·x)"
    x = 0.1 * np.arange(300)
    assert np.allclose(found.values, 2 * np.sin(2 * x) - 0.5 * np.sin(6 * x), atol=1e-6)


REFUSED = {
    "series end=0": "series: end=0 is not after begin=0.",
    "series begin=3 end=2": "series: end=2 is not after begin=3.",
    "series points=30": "series: points=30 is too few for windows of length=30 and the point after each; "
    "take points of at least 31.",
    "series points=9": "series: points=9 is not allowed: points is a whole number from 10 to 100,000.",
    "series batch=200 length=200": "series: batch=200 windows of length=200 are 40,000 numbers, too many to look at; "
    "take a batch of at most 40.",
    "series frequency=0": "series: frequency=0 is not allowed: frequency is a number above 0, up to 1,000.",
    "series noise=-1": "series: noise=-1 is not allowed: noise is a number from 0 to 10.",
    "series wave=cosine": "series: wave=cosine is not allowed: wave is one of sine, sum, sawtooth, square, noise.",
    "series step=1001": "series: step=1001 is not allowed: step is a whole number from 0 to 1,000.",
    "series parts=": "series: parts: '' is not a sine; write frequency:amplitude, as in 1:1,3:0.5.",
    "series parts=1:1,3": "series: parts: '3' is not a sine; write frequency:amplitude, as in 1:1,3:0.5.",
    "series parts=1:x": "series: parts: 'x' is not a number; write one like 0.5, -2 or 1e-3.",
    "series parts=0:1": "series: parts: frequency 0 is not allowed: it is above 0, up to 1,000.",
    "series parts=1:11": "series: parts: amplitude 11 is not allowed: it is from -10 to 10.",
    "series parts=1:1,1:1,1:1,1:1,1:1,1:1,1:1,1:1,1:1": "series: parts=1:1,1:1,1:1,1:1,1:1,1:1,1:1,1:1,1:1 are 9 "
    "sines; a sum here has at most 8.",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_in_one_sentence(text):
    assert refusal(text) == REFUSED[text]


@pytest.mark.parametrize("more", WAVES)
def test_what_is_written_out_of_a_number_gives_that_number(more):
    spec, found = trace(f"{more} batch=2 length=9")
    for row, window in enumerate(found.windows):
        for step in range(9):
            for block, values, shift in (("inputs", window.inputs, 0), ("targets", window.targets, 1)):
                said = why(spec, found, f"{block}[{row},{step}]", None).splitlines()
                at = window.first + step + shift
                assert said[0].startswith(f"{block}[{row},{step},0] = {four(values[step])}: window {row}, step {step}")
                assert said[2].startswith(f"{block}[{row},{step},0] is point {window.first} + {step}")
                assert f" = {at}" in said[2] and four(values[step]) in said[3], said


def test_a_number_is_named_in_several_ways_or_refused():
    spec, found = trace("")
    said = why(spec, found, "targets[1,4]", None)
    assert "targets[1,4,0] is point 59 + 4 + 1 = 64; inputs[1,5,0] is the same point" in said
    assert "x = 0 + 64·0.1 = 6.4; sin(6.4) = 0.1165" in said
    for name in ("targets[1,4,0]", "targets[1][4]", "windows[1].targets[4]", "targets[ 1, 4 ]"):
        assert why(spec, found, name, None) == said
    assert "is the same point" not in why(spec, found, "targets[1,29]", None)
    for name in ("foo", "targets[1]", "windows[1].targets[4,3]"):
        with pytest.raises(ValueError, match="write one as targets"):
            why(spec, found, name, None)
    with pytest.raises(
        ValueError, match=r"there is no inputs\[3,0\]; windows go from 0 to 2, their steps from 0 to 29"
    ):
        why(spec, found, "inputs[3,0]", None)


def test_headlines_go_from_long_to_short():
    for more in (*WAVES, "wave=sum parts=1:1,2:1,3:1,4:1,5:1 noise=0.1", "points=100000 step=1000"):
        lines = headlines(parse(f"series {more}"))
        assert len(lines[0]) == max(map(len, lines)) and len(lines[-1]) <= 24


SUM = "series wave=sum parts=1:2,3:1"


def at(first: int) -> float:
    return math.sin(0.1 * first)


@pytest.mark.parametrize(
    ("spelled", "path", "slip", "value"),
    [
        ("series", "windows[1].targets[4]", "the input of the step was taken", at(63)),
        ("series", "windows[1].targets[4]", "the point two steps on was taken", at(65)),
        ("series", "windows[1].targets[4]", "the point before the input was taken", at(62)),
        ("series", "windows[1].targets[4]", "the angle was taken in degrees", math.sin(math.radians(6.4))),
        ("series", "windows[1].inputs[4]", "the target of the step was taken", at(64)),
        ("series frequency=2", "windows[1].targets[4]", "the frequency is left out", at(64)),
        (SUM, "values[15]", "frequency and amplitude are exchanged", math.sin(3) + 3 * math.sin(1.5)),
        (SUM, "values[15]", "the frequencies are left out", 3 * math.sin(1.5)),
        (SUM, "values[15]", "the amplitudes are left out", math.sin(1.5) + math.sin(4.5)),
        (SUM, "values[15]", "the frequency was put before the sine", 5 * math.sin(1.5)),
        (
            SUM,
            "values[15]",
            "the angle was taken in degrees",
            2 * math.sin(math.radians(1.5)) + math.sin(math.radians(4.5)),
        ),
        ("series", "places", "the successor was forgotten", 271),
        ("series", "places", "windows were laid end to end", 10),
        ("series", "places", "all points were counted", 300),
        ("series", "places", "one point too many was taken off", 269),
        ("series", "spacing", "points were divided by the interval", 10),
        ("series begin=1 end=2 points=20 length=5", "spacing", "the last point was put at the end", 1 / 19),
        ("series begin=1 end=2 points=20 length=5", "spacing", "the end alone was divided", 0.1),
        ("series", "limit", "a point was taken for a period", 20 * math.pi),
        ("series", "limit", "the period was taken for the frequency", 0.2),
        ("series frequency=60", "alias", "the frequency itself was taken", 60),
        ("series frequency=60", "alias", "the limit was taken off once", 60 - 10 * math.pi),
    ],
)
def test_slips_are_known_by_the_numbers_that_they_give(spelled, path, slip, value):
    assert names(said_to(spelled, path, value), slip)


@pytest.mark.parametrize(
    "more", ["", "frequency=3", "frequency=62", "wave=sawtooth", "wave=noise", "noise=0.2", "wave=sum"]
)
def test_no_right_answer_is_called_a_slip(more):
    spelled = f"series {more} length=6"
    found = asked(spelled)
    paths = [
        f"windows[{row}].{block}[{step}]" for row in range(3) for block in ("inputs", "targets") for step in (0, 5)
    ]
    for path in [*paths, "values[15]", "places", "spacing", "limit", "alias"]:
        right = msgspec.to_builtins(found)
        for part in path.replace("]", "").replace("[", ".").split("."):
            right = right[int(part) if part.isdigit() else part]
        assert judge(question(spelled, path, 1e-6), repr(right), {spelled: found}).right, path


def test_a_spec_made_in_code_is_checked_too():
    with pytest.raises(ValueError, match="is not after begin"):
        Series(end=-1.0)
