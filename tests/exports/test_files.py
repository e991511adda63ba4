"""The other forms of a kept run, and the writing of files."""

import csv
import math
import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import torch
from safetensors import safe_open
from safetensors.torch import load_file
from torch import nn

from tests.exports.runs import keep, losses
from tuilab import exports
from tuilab.labs import catalogue
from tuilab.labs.spelling import parse, spell
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept

SMALL = "hidden=4 length=6 batch=2 steps=12"
FORMS = [form for form in exports.FORMS if form != "tensorboard"]


@pytest.fixture
def folder(tmp_path):
    return keep(tmp_path / "runs", f"forecast {SMALL}")


def long_run(root: Path, count: int) -> Path:
    """A run of many steps, as its log holds it, with one spike."""
    kept = Kept.begin(root, "forecast steps=1000000")
    for first in range(1, count + 1, 10_000):
        steps = range(first, first + 10_000)
        loss = [1 / step + 0.001 * (step % 7) for step in steps]
        if first <= 700_001 < first + 10_000:
            loss[700_001 - first] = 50.0
        kept.note(Measured(first, loss, [2 * each for each in loss], first / 10))
    kept.close()
    return kept.folder


def test_the_table_has_each_step_in_full_precision(folder, tmp_path):
    path = tmp_path / "run.csv"
    said = exports.write(folder, "csv", path)
    assert said == f"The 12 steps of forecast {SMALL.replace(' batch', ' batch')} in {path}."
    header, *rows = csv.reader(path.open())
    assert header == ["step", "loss", "gradient_norm"]
    assert {int(step): float(loss) for step, loss, _ in rows} == losses(folder) and len(rows) == 12


def test_what_was_trained_again_counts_once(tmp_path):
    kept = Kept.begin(tmp_path, "forecast")
    kept.note(Measured(1, [5.0, 4.0, 3.0], [1.0, 1.0, 1.0], 0.1))
    kept.note(Measured(3, [2.0], [1.5], 0.2))
    kept.close()
    exports.write(kept.folder, "csv", tmp_path / "run.csv")
    assert (tmp_path / "run.csv").read_text() == "step,loss,gradient_norm\n1,5.0,1.0\n2,4.0,1.0\n3,2.0,1.5\n"


def test_what_was_not_finite_or_not_kept_is_an_empty_cell(tmp_path):
    kept = Kept.begin(tmp_path, "forecast")
    kept.note(Measured(1, [5.0, math.nan], [math.inf, 1.0], 0.1))
    kept.note(Measured(4, [2.0], [1.5], 0.2))
    kept.close()
    exports.write(kept.folder, "csv", tmp_path / "run.csv")
    assert (tmp_path / "run.csv").read_text() == "step,loss,gradient_norm\n1,5.0,\n2,,1.0\n3,,\n4,2.0,1.5\n"


def test_the_held_out_points_are_those_of_the_lab(folder, tmp_path):
    path = tmp_path / "held.csv"
    assert exports.write(folder, "held-out", path) == f"The 12 held-out points of forecast {SMALL} in {path}."
    training = catalogue.part("forecast", "experiment").Training(parse(f"forecast {SMALL}"))
    while training.step < 12:
        training.advance()
    view, (header, *rows) = training.view(), csv.reader(path.open())
    assert header == ["x", "truth", "one_step_ahead"]
    assert [[float(cell) for cell in row] for row in rows] == [
        list(row) for row in zip(view.x, view.truth, view.predicted, strict=True)
    ]


def test_what_holds_nothing_out_is_refused_in_a_sentence(tmp_path):
    folder = keep(tmp_path / "runs", "neuron steps=5")
    with pytest.raises(exports.ExportError, match="holds nothing out; --as held-out takes a run of forecast"):
        exports.write(folder, "held-out", tmp_path / "held.csv")
    assert not (tmp_path / "held.csv").exists()


@pytest.mark.parametrize("form", ["svg", "text"])
def test_a_picture_of_a_million_steps_is_small_and_keeps_the_spike(form, tmp_path):
    path = tmp_path / f"run{exports.FORMS[form].ending}"
    exports.write(long_run(tmp_path / "runs", 1_000_000), form, path)
    assert path.stat().st_size < 100_000
    if form == "svg":
        lines = [each.get("points").split() for each in ElementTree.parse(path).iter() if each.tag.endswith("polyline")]
        points = [tuple(map(float, point.split(","))) for point in lines[0]]
        highest = min(points, key=lambda point: point[1])
        assert len(lines) == 2 and highest[1] == 56.0 and abs(highest[0] - (70 + 0.7 * 615)) < 2  # the spike
        assert 500 < len(lines[0]) <= 1700


def test_the_picture_is_well_formed_and_named(tmp_path):
    folder = keep(tmp_path / "runs", "race task=recall hidden=2 length=3 batch=2 steps=10")
    exports.write(folder, "svg", tmp_path / "run.svg")
    texts = [each.text for each in ElementTree.parse(tmp_path / "run.svg").iter() if each.tag.endswith("text")]
    assert "race task=recall hidden=2 length=3 batch=2 steps=10" in texts
    assert "loss: cross-entropy in nats, log scale" in texts and texts.count("training step") == 2
    assert "gradient norm, before clipping, log scale" in texts


def test_where_not_all_is_positive_the_axis_is_plain(tmp_path):
    kept = Kept.begin(tmp_path, "forecast")
    kept.note(Measured(1, [1.0, 0.5, 0.0], [1.0, 1.0, 1.0], 0.1))
    kept.close()
    exports.write(kept.folder, "svg", tmp_path / "run.svg")
    texts = [each.text for each in ElementTree.parse(tmp_path / "run.svg").iter() if each.tag.endswith("text")]
    assert "loss: mean squared error" in texts and {"0", "0.5", "1"} <= set(texts)


def test_a_name_does_not_become_part_of_the_picture(tmp_path):
    (tmp_path / "a<b&c.txt").write_text("one two three four. " * 50)
    folder = keep(tmp_path / "runs", f"words 'corpus={tmp_path}/a<b&c.txt' dimensions=2 epochs=1")
    exports.write(folder, "svg", tmp_path / "run.svg")
    assert "a<b&c.txt" in next(ElementTree.parse(tmp_path / "run.svg").iter("{http://www.w3.org/2000/svg}title")).text


def test_the_curves_in_characters(folder, tmp_path):
    exports.write(folder, "text", tmp_path / "run.txt")
    lines = (tmp_path / "run.txt").read_text().splitlines()
    assert lines[0] == spell(parse(f"forecast {SMALL}"))
    assert {"loss: mean squared error", "gradient norm, before clipping"} <= set(lines)
    assert max(map(len, lines)) <= 100 and sum(line.endswith("training step") for line in lines) == 2


@pytest.mark.parametrize("cell", ["rnn", "lstm layers=2", "gru", "gru engine=torch"])
def test_torchs_layers_load_the_weights(cell, tmp_path):
    folder = keep(tmp_path / "runs", f"forecast cell={cell} {SMALL}")
    exports.write(folder, "safetensors", tmp_path / "run.safetensors")
    exports.write(folder, "torch", tmp_path / "run.pt")
    from tuilab.labs.forecast.experiment import weights
    from tuilab.records.state import load_arrays

    wanted = weights(parse(f"forecast cell={cell} {SMALL}"), load_arrays(folder / "state.safetensors"))
    layers = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}
    layer = layers[cell[:4].split()[0]](1, 4, 2 if "layers" in cell else 1)
    model = nn.ModuleDict({"recurrent": layer, "readout": nn.Linear(4, 1)})
    for loaded in (load_file(tmp_path / "run.safetensors"), torch.load(tmp_path / "run.pt", weights_only=True)):
        model.load_state_dict(loaded)
        assert all(torch.equal(loaded[name], tensor) for name, tensor in wanted.items())
    with safe_open(tmp_path / "run.safetensors", "pt") as file:
        assert file.metadata()["format"] == "pt" and file.metadata()["step"] == "12"
        assert parse(file.metadata()["spelling"]) == parse(f"forecast cell={cell} {SMALL}")


@pytest.mark.parametrize(
    ("spelling", "names"),
    [
        (f"forecast peephole=diagonal {SMALL}", {"recurrent.weight_ch_l0", "recurrent.weight_ih_l0", "readout.bias"}),
        (f"forecast cell=gru reset=before {SMALL}", {"recurrent.weight_hh_l0", "readout.weight"}),
        ("shapes form=encdec hidden=3 steps=2", {"recurrent.bias_hh_l0", "decoder.weight_ih_l0", "readout.bias"}),
        ("race hidden=2 length=3 batch=2 steps=10", {"peephole_LSTM.recurrent.weight_ch_l0", "GRU.readout.bias"}),
        ("memory ago=2,3 hidden=2 batch=2 steps=10", {"RNN_2.recurrent.bias_hh_l0", "GRU_3.readout.bias"}),
        ("gradients depth=3 width=2 steps=2", {"first", "weights.1", "gains", "out_bias"}),
        ("gradients network=rnn length=5 width=2 steps=2", {"wx", "wh", "hidden_gain"}),
        ("neuron steps=2", {"w_x", "w_y", "b"}),
        ("words dimensions=2 epochs=1 seeds=2", {"words", "vectors", "outputs", "seed1.vectors", "seed1.outputs"}),
    ],
)
def test_each_lab_names_its_weights(spelling, names, tmp_path):
    folder = keep(tmp_path / "runs", spelling, 2)
    exports.write(folder, "safetensors", tmp_path / "run.safetensors")
    exports.write(folder, "torch", tmp_path / "run.pt")
    safe, pickled = load_file(tmp_path / "run.safetensors"), torch.load(tmp_path / "run.pt", weights_only=True)
    assert names <= safe.keys() == pickled.keys()
    assert all(torch.equal(safe[name], pickled[name]) for name in safe)
    kept = load_file(folder / "state.safetensors")
    kept_numbers = sum(tensor.numel() for name, tensor in kept.items() if "parameter." in name)
    own = sum(tensor.numel() for name, tensor in safe.items() if name != "words" and not name.endswith("outputs"))
    assert own == kept_numbers


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_replaced_and_anything_else_is_not(form, folder, tmp_path):
    path = tmp_path / f"out{exports.FORMS[form].ending}"
    path.write_text("earlier")
    said = exports.write(folder, form, path)
    assert said.endswith(f" of forecast {SMALL} in {path}.") and path.read_bytes() != b"earlier"
    assert not list(tmp_path.glob(".*out*")) and stat.S_IMODE(path.stat().st_mode) & 0o077 == 0o077 & ~umask() & 0o066
    for bad, sentence in (
        (tmp_path, "is a folder; give the name of a file in it"),
        (tmp_path / "no" / "out", "There is no folder .*; make it first, or give another"),
        (path / "out", "There is no folder"),
        (Path("/dev/null"), "is no file that could be replaced"),
        (tmp_path / ("x" * 300), "cannot be written: File name too long"),
        (tmp_path / "a\0b", "is no name that a file can have"),
    ):
        with pytest.raises(exports.ExportError, match=sentence):
            exports.write(folder, form, bad)
    assert not (tmp_path / "no").exists()


def umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_is_full_is_a_sentence_and_leaves_what_was_there(form, folder, tmp_path, monkeypatch):
    path = tmp_path / "out"
    path.write_text("earlier")

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(exports.ExportError, match=r"out cannot be written: No space left on device\.$"):
        exports.write(folder, form, path)
    assert path.read_text() == "earlier" and sorted(each.name for each in tmp_path.iterdir()) == [
        ".home",
        "out",
        "runs",
    ]


def test_a_folder_that_may_not_be_written(folder, tmp_path, monkeypatch):
    real = os.open

    def refuse(path, flags, *rest, **more):
        if flags & (os.O_RDWR | os.O_WRONLY):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(exports.ExportError, match=r"out cannot be written: Permission denied\.$"):
        exports.write(folder, "csv", tmp_path / "out")


@pytest.mark.parametrize("form", exports.FORMS)
def test_what_is_no_run_is_a_sentence(form, tmp_path, folder):
    with pytest.raises(exports.ExportError, match="holds no run that can be read; give the folder of a kept run"):
        exports.write(tmp_path, form, tmp_path / "out")
    (folder / "run.json").write_text('{"spelling": "nothing", "began": ""}')
    with pytest.raises(exports.ExportError, match="cannot be read: There is no experiment 'nothing'"):
        exports.write(folder, form, tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["safetensors", "torch"])
@pytest.mark.parametrize("lab", [f"forecast {SMALL}", "neuron steps=2", "race hidden=2 length=3 batch=2 steps=10"])
def test_weights_that_are_missing_or_others(form, lab, tmp_path):
    folder = keep(tmp_path / "runs", lab, 2)
    other = keep(tmp_path / "runs", "gradients depth=3 width=2 steps=2").joinpath("state.safetensors").read_bytes()
    state = folder / "state.safetensors"
    for content in (other, b"\x80\x04cos\nsystem\n", b""):
        state.write_bytes(content)
        if content == other and lab.startswith("neuron"):
            continue  # its names are there
        with pytest.raises(exports.ExportError) as caught:
            exports.write(folder, form, tmp_path / "out")
        assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["csv", "svg", "text"])
def test_a_run_without_a_step(form, tmp_path):
    kept = Kept.begin(tmp_path, "forecast")
    kept.close()
    with pytest.raises(exports.ExportError, match="forecast has recorded no step yet; train it first"):
        exports.write(kept.folder, form, tmp_path / "out")


def test_a_form_that_there_is_not(folder, tmp_path):
    with pytest.raises(exports.ExportError, match="pickle is no form to take a run home in; there are program, csv"):
        exports.write(folder, "pickle", tmp_path / "out")


def test_curves_and_programs_need_neither_torch_nor_numpy(tmp_path):
    folder = keep(tmp_path / "runs", "race hidden=2 length=3 batch=2 steps=10")
    program = f"""\
import sys
from tuilab import exports
for form in ("program", "csv", "svg", "text"):
    exports.write({str(folder)!r}, form, {str(tmp_path)!r} + "/out")
print(sorted({{"torch", "numpy", "textual", "rich"}} & sys.modules.keys()))
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stdout + done.stderr
