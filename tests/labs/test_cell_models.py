"""Whose numbers the cell lab shows: a forecast that was kept, a moment of it, a layer of a stack."""

import pytest
import torch

from tests.labs.cells import FORMS, ask, check_every_number, keep
from tuilab.engine.forecaster import predict
from tuilab.labs.cell.arithmetic import explain
from tuilab.labs.forecast.experiment import Training
from tuilab.labs.spelling import parse
from tuilab.records.folders import runs_folder
from tuilab.records.runlog import Measured
from tuilab.records.runs import Kept
from tuilab.records.snapshots import Snapshots


@pytest.mark.parametrize("form", ["cell=lstm", "cell=gru layers=2", "cell=rnn engine=torch", "peephole=full"])
def test_a_trained_forecast_is_looked_into(form):
    training = keep(f"forecast hidden=4 length=6 batch=2 {form}", 40)
    trace = ask("model=last length=6 first=5 unit=3 t=4")
    values = training.series.values(5, 6)
    assert trace.now.prediction == pytest.approx(predict(training.model, values)[4].item(), abs=1e-5)
    assert trace.difference < 1e-12 and trace.hidden == 4 and "after 40 steps" in trace.about


@pytest.mark.parametrize("setting", ["cell=gru", "peephole=full", "reset=before", "hidden=8", "seed=5"])
def test_a_setting_that_is_not_the_models_is_refused(setting):
    keep("forecast hidden=4 length=6 batch=2", 3)
    name = setting.split("=")[0]
    with pytest.raises(
        ValueError, match=f"cell: {setting} is not allowed here: .* model=last has {name}=.*; leave {name}"
    ):
        ask(f"model=last {setting}")
    assert ask("model=last hidden=4").hidden == 4


def test_moments_of_a_training():
    keep("forecast hidden=4 length=6 batch=2", 100)
    trace = ask("model=last")
    assert trace.snapshots[0] == 0 and trace.snapshots[-1] == 100 and 8 <= len(trace.snapshots) <= 33
    begun = ask("model=last at=0").now.gates[0]
    fresh = Training(parse("forecast hidden=4 length=6 batch=2")).model.recurrent.weight_ih_l0[0, 0].item()
    assert [pytest.approx(fresh)] == begun.W and begun.W != trace.now.gates[0].W
    with pytest.raises(ValueError, match="at=99 is no step that was kept of this run; the nearest is"):
        ask("model=last at=99")


def test_a_checkpoint_that_does_not_fit_says_so():
    training = keep("forecast hidden=4 length=6 batch=2", 3)
    folder = next(iter(runs_folder().iterdir()))
    about = (folder / "run.json").read_text()
    (folder / "run.json").write_text(about.replace("hidden=4", "hidden=5"))
    sentence = r"another network: parameter.0 has shape \(16, 1\), and \(20, 1\) is wanted; train again"
    with pytest.raises(ValueError, match=sentence):
        ask("model=last")
    assert training.step == 3


def test_a_large_network_keeps_fewer_moments():
    snapshots = Snapshots()
    weights = {"parameter.0": torch.zeros(1 << 20).numpy()}
    for step in range(50):
        if snapshots.due(step):
            snapshots.take(step, weights)
    assert len(snapshots.steps) <= 8 and snapshots.steps[0] == 0
    few = Snapshots()
    for step in range(50):
        if few.due(step):
            few.take(step, {"parameter.0": torch.zeros(4 << 20).numpy()})
    assert few.steps == [0, 32] and not few.refusal


def test_of_a_network_too_large_for_two_moments_none_is_kept_and_it_says_why():
    none = Snapshots()
    none.take(0, {"parameter.0": torch.zeros(5 << 20).numpy()})
    assert none.steps == [] and not none.due(1)
    assert none.refusal == (
        "Moments of a network this large are not kept: each takes 20.0 MiB, and up to 16 MiB are. A smaller one has "
        "them."
    )


def test_the_last_model_is_the_last_forecast_whatever_was_trained_after_it():
    keep("forecast hidden=4 length=6 batch=2", 5)
    kept = Kept.begin(runs_folder(), "race steps=10")
    kept.note(Measured(1, [0.0], [0.0], 1.0))
    kept.save(1, {"0.parameter.0": torch.zeros(1).numpy()})
    kept.close()
    assert ask("model=last").hidden == 4
    with pytest.raises(ValueError, match="is a run of race; the cells of a forecast or of shapes can be looked into"):
        ask(f"model={kept.name}")


@pytest.mark.parametrize("form", FORMS)
def test_every_layer_of_a_stack_is_walked_both_ways(form):
    training = keep(f"forecast {form} hidden=4 length=6 batch=2 layers=3", 5)
    looked = [ask(f"model=last length=6 t=2 unit=1 layer={layer}") for layer in range(3)]
    assert looked[2] == ask("model=last length=6 t=2 unit=1")
    assert [trace.about.rpartition(", ")[2] for trace in looked] == [
        "its layer 0 of 0 to 2",
        "its layer 1 of 0 to 2",
        "its top layer",
    ]
    said = torch.nn.functional.mse_loss(
        predict(training.model, training.series.values(0, 6)), training.series.values(1, 6)
    )
    for below, trace in zip([None, *looked], looked, strict=False):
        assert trace.difference < 1e-10 and trace.now.loss == pytest.approx(said.item(), rel=1e-5)
        heard = below.now.h_all if below else training.series.values(2, 1).tolist()
        assert trace.now.x == pytest.approx(heard, abs=1e-12 if below else 1e-6)
        check_every_number(trace)
        assert (trace.now.prediction is None) == (trace is not looked[2])


@pytest.mark.parametrize("form", FORMS)
def test_the_gradient_of_a_lower_layer_is_how_the_loss_of_the_network_changes(form):
    keep(f"forecast {form} hidden=4 length=6 batch=2 layers=3", 5)
    looked, small = "model=last length=6 t=2 unit=1 layer=0", 1e-6
    for gate in ask(looked).now.gates:
        losses = [ask(f"{looked} set={gate.name}[2,1]:{gate.value + change!r}").now.loss for change in (small, -small)]
        assert (losses[0] - losses[1]) / (2 * small) == pytest.approx(gate.back.d, rel=1e-3, abs=1e-9)


def test_what_a_lower_layer_says_goes_to_the_one_above():
    keep("forecast hidden=4 length=6 batch=2 layers=2", 5)
    trace = ask("model=last length=6 t=2 layer=0 set=x[2]:0.5")
    assert trace.now.x == [0.5]  # of the lowest layer the input can be set
    assert "from the layer above, its W_ihᵀ·da over the rows of all its gates" in explain(trace, "states", 0, "own")
    assert explain(trace, "after", 0, "said") == "this layer says nothing itself: the one above hears it"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "model=last length=6 layer=2",
            "layer=2 is not allowed: the layers go from 0, the lowest, to 1; -1 is the top one",
        ),
        ("layer=1", "layer=1 is not allowed: there is one layer, 0; -1 is the top one"),
    ],
)
def test_a_layer_that_is_not_there(text, sentence):
    keep("forecast hidden=4 length=6 batch=2 layers=2", 1)
    with pytest.raises(ValueError, match=f"cell: {sentence}"):
        ask(text)


def test_the_input_of_a_layer_that_hears_another_one_cannot_be_set():
    keep("forecast hidden=4 length=6 batch=2 layers=2", 3)
    with pytest.raises(ValueError, match="x cannot be set here: what goes into this layer are the outputs"):
        ask("model=last length=6 set=x[2]:0.5")
