"""A lab by typed lines: its numbers, its settings, training, and questions."""

import re

import numpy as np
import pytest

from tests.vectors.samples import keep_run
from tuilab.labs.catalogue import NAMES
from tuilab.vectors import open as opening

SMALL = "forecast hidden=3 length=5 batch=2 steps=300"


def test_the_numbers_of_a_lab(talk) -> None:
    said = talk("lab", "lab Wx", "lab steps[1].Y", lab="unroll")
    assert "Wx  (2, 3)\n  0.297487   -0.25483  -0.111926\n" in said
    assert said.count("Wx  (2, 3)") == 2 and said.count("steps[1].Y  (3, 3)") == 2
    rows = talk("lab rows", lab="neuron w_x=1 w_y=0 b=1").splitlines()
    assert any(row.split() == ["0", "1", "1", "0", "2", "2", "2", "0"] for row in rows)


def test_the_whole_input_in_either_order(talk) -> None:
    assert "X[4]  (2, 8)" in talk("lab X", lab="unroll data=words")
    assert "X[1]  (5, 8)" in talk("set order=batch", "lab X", lab="unroll data=words")


def test_training_tells_about_twenty_steps(talk) -> None:
    said = talk("train", lab=SMALL).splitlines()
    head = next(i for i, line in enumerate(said) if line.split()[:2] == ["step", "loss"])
    end = next(i for i, line in enumerate(said) if line.startswith("Trained 300 steps"))
    steps = [int(line.split()[0]) for line in said[head + 1 : end]]
    assert steps[0] == 1 and steps[-1] == 300 and 15 <= len(steps) <= 20 and steps == sorted(set(steps))
    assert any(line.startswith("held_out_loss = ") for line in said[end:])
    table = said.index("x, truth, predicted  10 rows")
    assert said[table + 1].split() == ["point", "x", "truth", "predicted"] and len(said[table + 2 :]) == 10


def test_long_curves_are_thinned(talk) -> None:
    said = talk("train 2", "ask generate steps=100", lab=SMALL)
    assert "x, truth, values  105 rows, 85 of them left out here\n" in said
    assert "given 5 points, from x = 0 on, and went on for 100 of its own." in said
    assert "Free running off by" in said and "(an error above 0.3)." in said and "curve" not in said.split("went on")[1]


def test_a_wave_zeros_and_a_series_of_ones_own_are_gone_on_from(talk) -> None:
    said = talk("train 2", "g prompt=wave phase=1 frequency=2 lost=0.1 steps=40", "g prompt=zeros steps=7", lab=SMALL)
    assert "generate prompt=wave phase=1 frequency=2 steps=40 lost=0.1\n" in said and "(an error above 0.1)." in said
    assert "Last period: amplitude" in said.replace("\n", " ")
    assert "From zeros there is no truth to compare with; the last 7 points lie between" in said.replace("\n", " ")
    own = talk("train 2", "g", lab="forecast data=milk hidden=4").replace("\n", " ")
    assert "given 24 points, rows 133 to 156, and went on for 12 of its own." in own
    assert "seasonal naive, which is off by 13.2." in own and "Rows 157 to 168 are held out." in own


def test_training_goes_on_and_begins_again(talk) -> None:
    said = talk("train 100", "s", "train", "train", "restart 5", lab=SMALL)
    for told in ("trained 100 of 300", "trained 101 of 300", "trained 300 of 300", "All 300 steps", "trained 5 of"):
        assert told in said
    assert said.count("Trained 1 steps") == 1


def test_the_same_numbers_as_in_one_go(talk) -> None:
    whole, parts = (talk(*typed, lab=SMALL) for typed in (("train",), ("train 120", "train")))
    assert whole.splitlines()[-12:] == parts.splitlines()[-12:]


def test_a_training_that_breaks_says_why(talk) -> None:
    said = talk("train", lab="forecast hidden=8 lr=10 optimiser=sgd clip=0")
    assert "Training stopped after step" in said and "try clip=1" in said


def test_settings_change_and_are_taken_back(talk) -> None:
    said = talk("set neurons=2", "set Wx[0,1]=2 b[0,0]=1", "undo", "undo", "undo", lab="unroll")
    stands = [line for line in said.splitlines() if line.startswith("The lab stands at")]
    assert stands[0] == stands[2] == "The lab stands at: unroll neurons=2."
    assert stands[1] == "The lab stands at: unroll neurons=2 'set=Wx[0,1]:2.0,b[0,0]:1.0'."
    assert stands[3] == "The lab stands at: unroll." and "There is no change to take back." in said


def test_an_edit_says_how_far_it_reaches(talk) -> None:
    said = talk("set Wx[0,0]=2", "set steps=3", "set seed = 1", lab="unroll")
    assert "  Wx[0][0] = 2, before 0.297487\n" in said
    assert "  steps[1].YWy: 6 of 9 numbers, [1][0], [1][1], [1][2], [2][0]" in said
    assert "steps[0].YWy" not in said
    assert "The sizes are others now" in said and "No number changed." in said


def test_changing_a_setting_ends_a_training(talk) -> None:
    said = talk("train 2", "set cell=gru", "ask generate", lab=SMALL).replace("\n  ", " ")
    assert "What was trained is gone" in said and "generate is put to what was trained: type train first." in said


def test_where_a_number_comes_from(talk) -> None:
    said = talk("why sum[0,1] t=1", "why steps[1].sum[0][1]", "why X[1,0,1]", "why b[2]", lab="unroll")
    assert said.count("At t=1: sum[0,1] = X·Wx[0,1] + Y·Wy[0,1] + b[0,1]\n") == 2
    assert "sequence 0 at t=1" in said and "the bias of neuron 2" in said
    said = talk("why y t=1", "why rows[1].y", "why unseen_rows[1].x", "why w_y", lab="neuron")
    assert said.count("y(1) = 0.5·2 + 0.5·0.5 + 0\n= 1.25\n") == 2
    assert "x(1) = 20" in said and "w_y = 0.5, the weight" in said and "set w_y=1" in said


def test_where_the_place_of_a_word_is(talk) -> None:
    for order in ("time", "batch"):
        said = talk("why X[1][1,5]", lab=f"unroll data=words order={order}")
        assert "the place of the word 'red', sequence 1 at t=1" in said


def test_the_torch_code(talk) -> None:
    for lab in ("neuron", "unroll", "forecast"):
        said = talk("code", lab=lab)
        compile(said[said.index("import torch") :], lab, "exec")


WRONG = {
    ("unroll", "set seed=-1"): "unroll: seed=-1 is not allowed: seed is a whole number from 0 to 2,147,483,647.",
    ("unroll", "set frog=1"): "unroll: there is no field 'frog'. There are: data,",
    ("unroll", "set frog"): "unroll: 'frog' is not a setting; write settings as name=value.",
    ("unroll", "set seed='1"): "quotation mark that is not closed",
    ("unroll", "set"): "unroll: write settings as name=value",
    ("unroll", "set Wx[9,9]=1"): "unroll: set: Wx[9,9] is not a place of Wx",
    ("unroll", "train"): "unroll has nothing to train; lab prints its numbers.",
    ("unroll", "why frog"): "unroll: there is no number 'frog'.",
    ("unroll", "why"): "write one as sum[0,1] t=1.",
    ("unroll", "why Y[7,7]"): "unroll: there is no Y[7,7]",
    ("unroll", "why Y[0,0] t=5"): "unroll: there is no time step t=5; they go from 0 to 1.",
    ("unroll", "why Y[0]"): "unroll: Y[0] is no place",
    ("unroll", "lab frog"): "frog leads nowhere",
    ("unroll", "v"): "v is a key of the screen",
    ("neuron", "set Wx[0,0]=1"): "neuron: no single numbers can be set",
    ("neuron", "why frog"): "neuron: there is no number 'frog'.",
    ("neuron", "why y t=9"): "neuron: there is no time step t=9; they go from 0 to 5.",
    ("neuron", "train 1e9"): "'1e9' is no number of steps",
    ("neuron", "ask generate"): "generate is no question to neuron. There are: none.",
    ("cell", "set model=nonsense"): "cell: there is no kept run 'nonsense'.",
    ("cell", "set f[3,0]=7"): "cell: set: f[3,0]:7.0 is not allowed: f is from 0 to 1.",
    ("gates", "set model=nonsense"): "gates: there is no kept run 'nonsense'.",
    ("forecast", "ask frog"): "There is no experiment 'frog'.",
    ("forecast", "ask"): "No experiment was named.",
    ("forecast", "why x"): "forecast does not write its numbers out",
    ("forecast", "set begin=40"): "forecast: end=30 is not after begin=40.",
    ("forecast", "g"): "type train first",
}


@pytest.mark.parametrize(("lab", "typed"), WRONG, ids=lambda text: text)
def test_what_cannot_be_done_is_told_in_a_sentence(lab: str, typed: str, talk) -> None:
    *_, intro = talk(lab=lab).splitlines()
    said = talk(typed, lab=lab)
    sentence = said.split(intro)[1].replace("Torch is loading…", "").strip().replace("\n", " ")
    assert WRONG[lab, typed] in sentence and sentence.endswith((".", ";"))


def test_an_edit_of_a_cell_says_what_it_changed(talk) -> None:
    said = talk("set t=3", "set f[3,0]=1", "set model=nonsense", "lab now.C", lab="cell")
    assert "f, value: 1.0" in said or "f.value = 1" in said, said
    assert "sizes are others" not in said and "C = " in said and "dU" not in said
    assert "set=f[3,0]:1.0" in said.split("nonsense")[0]


def test_what_fails_of_itself_is_told_too(talk, monkeypatch) -> None:
    def fail(*arguments: object) -> None:
        raise RuntimeError("not enough memory: you tried to allocate")

    monkeypatch.setattr("tuilab.labs.unroll.experiment.answer", fail)
    assert "There is not enough memory for this; choose smaller sizes." in talk("lab", "lab", lab="unroll")
    monkeypatch.setattr("tuilab.labs.unroll.experiment.answer", lambda spec: {}[0])
    said = talk("lab", "settings", lab="unroll")
    assert "That did not work: KeyError, 0." in said and "seed=1: " in said


def test_a_slip_in_how_many_steps_costs_no_training(talk) -> None:
    said = talk("train 5", "restart x", "train 3", lab="forecast hidden=3 length=5 batch=2 steps=20")
    assert "'x' is no number of steps" in said and "Trained 3 steps" in said
    assert any(line.split()[:1] == ["8"] for line in said.splitlines())


def test_a_series_and_its_batch(talk) -> None:
    said = talk("lab", "why targets[1,4]", "set frequency=62", "why", "try places 271", lab="series")
    said = " ".join(said.split())
    assert (
        "300 points, 0.1 apart. Windows of 30 begin at points 85, 59, 234: inputs and targets are (3, 30, 1)." in said
    )
    assert "targets[1,4,0] is point 59 + 4 + 1 = 64; inputs[1,5,0] is the same point" in said
    assert "alias = 0.831853, before 1" in said and "inputs: all 90 numbers" in said
    assert "sin(62·8.5) = sin(527)" in said and "above the sampling limit π / 0.1 = 31.4" in said
    assert "You said 271, places is 270. It is what comes out where the successor was forgotten." in said
    one = talk("lab windows[0]", "lab inputs", "code", "s", lab="series length=3").splitlines()
    assert "windows[0].inputs, windows[0].targets  3 rows" in one and "inputs  (3, 3)" in one


def test_a_window_and_an_update(talk) -> None:
    said = talk("lab", "why bone", "set sample=0.1", "why the", "set sentence=dog", lab="window")
    assert "14 pairs of a target and a word of its context; 5 of 5 words stay." in said.replace("\n", " ")
    assert "bone is to predict each of its context: chews, the. 2 pairs." in said
    assert "words, keep t=0 = 0.75, before 1" in said and "keep √(0.1/0.400) + 0.1/0.400 ≈ 0.750; drew" in said
    assert "window: sentence has 1 word, and so no context" in said
    said = talk("lab", "why sigma[bone]", "set v[0,1,0]=2", "set updates=1", "lab du", "m", "code", lab="skipgram")
    assert "dog predicts bone, against 5 noise words." in said and "σ(u·h) of bone = 1 / (1 + exp(" in said
    assert "v[0][0] = 2, before 0.74" in said and "du  (" in said and "m is a key of the screen" in said
    assert "loss.backward()" in said


def test_what_was_trained_can_be_opened_by_other_labs(talk) -> None:
    talk("train", lab="words dimensions=5 epochs=1")
    assert "source.kept_run = True" in talk("lab", lab="neighbours word=king")


def test_a_training_of_words_is_told_in_few_lines_and_lab_judged_tells_of_every_step(talk) -> None:
    said = talk("train 8", "[", "lab judged", lab="words dimensions=5 epochs=1 watch=king")
    told, moment, judged = said.split("Trained 8 steps")[1].replace("After 7", "|").replace("judged  8", "|").split("|")
    assert told.count("king: ") == moment.count("king: ") == 1 and "rank correlation" in moment
    assert max(len(part.splitlines()) for part in (told, moment)) < 15 and "watched" not in said
    assert len(judged.splitlines()) == 10


def test_a_training_that_was_left_is_gone_on_with(talk) -> None:
    whole = talk("train", lab=SMALL)
    talk("train 120", lab=SMALL)
    said = talk("list", "t", "train", "q", "t")
    assert f"t trains on {SMALL} from step 120.\n" in said.replace("\n  ", " ")
    assert "trained 120 of 300 steps" in said and "Trained 180 steps" in said
    assert whole.splitlines()[-1] in said
    assert "No training was left" in said


def test_a_change_leaves_the_training_to_others(talk) -> None:
    said = talk(SMALL, "train 120", "set seed=2", "q", "t", "restart 10", "q", "t")
    assert said.count("trained 120 of 300 steps") == 2  # by train, by t; restart begins another, which is the newest
    assert "trained 10 of 300 steps" in said


def test_moments_of_a_training(talk) -> None:
    said = talk("train 20", "[", "[", "]", "]", "]", "train 5", "[", "ask moment at=3", lab=SMALL)
    at = [line for line in said.splitlines() if line.startswith("After ")]
    assert at == [f"After {step} of 20 steps:" for step in (19, 18, 19, 20, 20)] + ["After 24 of 25 steps:"]
    losses = [line for line in said.splitlines() if line.startswith("held_out_loss = ")]
    assert len(losses) == 9  # of two trainings, six moments, and the one that was asked for
    assert losses[1] == losses[3] != losses[2] and losses[4] == losses[5] == losses[0]


def test_moments_that_are_not_there(talk, monkeypatch) -> None:
    said = talk("[", "train 20", "ask moment at=40", lab=SMALL).replace("\n", " ")
    assert "moment is put to what was trained: type train first." in said
    assert "at=40 is no step that was kept of this run; the nearest is 20." in said
    assert "memory keeps no moments of a training." in talk("[", lab="memory")
    monkeypatch.setattr("tuilab.records.snapshots.MOST_BYTES", 100)
    assert "Moments of a network this large are not kept" in talk("train 2", "[", lab=SMALL).replace("\n", " ")


@pytest.mark.parametrize("lab", ["cell", "gates"])
def test_moments_of_the_network_that_is_looked_into(lab, talk) -> None:
    talk("train 20", lab=SMALL)
    said = talk("[", "set model=last", "[", "[", "]", "lab", lab=lab)
    stands = [line for line in said.splitlines() if line.startswith("The lab stands at")]
    assert [line.removesuffix(".").split(" at=")[-1] for line in stands[1:]] == ["19", "18", "19"]
    assert "Fresh weights have no moments of a training" in said


def test_brackets_are_told_where_they_do_something(talk) -> None:
    told = "[ or ]: an earlier moment of the training, or a later one."
    assert all(told in talk("?", lab=lab) for lab in ("words", "gates"))
    assert not any(told in talk("?", lab=lab) for lab in ("neuron", "neighbours"))


def test_a_number_is_tried_and_a_slip_is_named(talk) -> None:
    said = talk(
        "try steps[0].sum[0][1] 0.27", "t steps[0].sum[0][1] 0.36", "try steps 1", "try 3", "try words.x 1",
        "try steps[0].sum[0][1] x", lab="unroll",
    )  # fmt: skip
    assert "You said 0.27, steps[0].sum[0][1] is 0.3555.\nIt is what comes out where the bias is left out." in said
    assert "Right: steps[0].sum[0][1] is 0.3555." in said
    assert "steps is not a number" in said and "Write try, the number as lab names it" in said
    assert "words.x leads nowhere" in said and "'x' is not a number" in said


@pytest.mark.parametrize("lab", NAMES)
def test_help_lists_what_can_be_done_with_this_lab_and_its_examples_are_taken(lab, talk, monkeypatch) -> None:
    def fail(error: Exception) -> str:
        raise AssertionError(f"{lab}: {error}") from error

    words = [*(f"common{n}" for n in range(40)), "king", "queen", "man", "woman", *(f"word{n}" for n in range(60))]
    opening._opened.cache_clear()
    keep_run(words, np.random.default_rng(4).standard_normal((len(words), 6)))
    said = re.sub(r"\n +", " ", talk("?", lab=lab))
    example = re.compile(r"(?:^|; )((?:lab|set|why|ask) [^:;]+?)(?::| prints| changes)", re.M)
    typed = example.findall(said)
    assert any(each.startswith("set") for each in typed)
    monkeypatch.setattr("tuilab.plain.rooms._sentence", fail)  # what every refusal is told by
    trained = ["train 1"] if "\ntrain: " in said else []
    typed.sort(key=lambda each: each.startswith("set"))  # a training ends with a change of settings
    talk(*trained, "code", *typed, lab=lab)


def test_help_where_there_is_no_lab_names_no_commands_for_one(talk) -> None:
    said = talk("?", lesson=2)
    assert "\nn: the next page." in said and "\nlab" not in said and "\nset" not in said
