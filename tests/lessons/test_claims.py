"""What the lessons say of training, held against their own experiments."""

import math
from itertools import combinations

import numpy as np
import pytest
import torch

from tests.labs.test_shapes_experiment import keep as keep_training
from tests.vectors.samples import keep_run
from tuilab.course.check import check_lessons
from tuilab.course.reader import lessons_folder
from tuilab.labs import catalogue
from tuilab.labs.shapes.inside import inside
from tuilab.labs.shapes.spec import ERROR, HELD_OUT
from tuilab.labs.spelling import parse
from tuilab.vectors import open as opening

SEEDS = (1, pytest.param(2, marks=pytest.mark.slow))


def trained(spelled: str):
    spec = parse(spelled)
    run = catalogue.part(spec.kind, "experiment").Training(spec)
    losses = [run.advance().loss for _ in range(run.total)]
    return run, losses


def ask(spec):
    return catalogue.experiment_of(spec.kind).answer(spec)


def test_every_block_is_read_and_every_quiz_has_one_right_answer():
    assert check_lessons(lessons_folder(), ask) == []


def test_lesson_1_the_neuron_finds_add_one():
    run, losses = trained("neuron")
    view = run.view()
    assert abs(view.w_x - 1) < 0.05 and abs(view.w_y) < 0.05 and abs(view.b - 1) < 0.05
    assert losses[-1] < losses[0] / 1e4 and len(losses) == 1000
    assert [round(row.y) for row in view.unseen_rows] == [11, 21, 31, 41, 51, 61]


def test_lesson_1_what_is_said_of_given_weights():
    assert [row.error for row in ask(parse("neuron w_x=1 w_y=0")).rows] == [-1] * 6
    assert [row.error for row in ask(parse("neuron w_x=1 w_y=0 b=1")).rows] == [0] * 6
    assert [row.y for row in ask(parse("neuron w_x=1 w_y=1")).rows] == [1, 3, 6, 10, 15, 21]
    layer = ask(parse("unroll inputs=1 batch=1 steps=3"))
    assert [len(layer.Wx) * 3, len(layer.Wy) * 3, len(layer.b[0])] == [3, 9, 3]


def test_lesson_2_an_edit_of_one_weight_reaches_every_column_one_step_later():
    before, after = ask(parse("unroll")), ask(parse("unroll set=Wx[0,0]:2"))
    last, now = before.steps[1], after.steps[1]
    assert {c for r in range(3) for c in range(3) if last.XWx[r][c] != now.XWx[r][c]} == {0}
    assert {c for r in range(3) for c in range(3) if last.YWy[r][c] != now.YWy[r][c]} == {0, 1, 2}


def test_lesson_2_an_input_of_the_past_reaches_the_next_step():
    before, after = ask(parse("unroll")), ask(parse("unroll set=X[0,0,0]:1"))
    assert before.steps[1].Y[0] != after.steps[1].Y[0] and before.steps[1].Y[1:] == after.steps[1].Y[1:]


def test_lesson_2_shapes_are_those_of_the_pages():
    assert ask(parse("unroll")).shapes == {"X": [2, 3, 2], "Wx": [2, 3], "Wy": [3, 3], "b": [1, 3], "Y": [2, 3, 3]}
    time, batch, inputs = ask(parse("unroll data=words")).shapes["X"]
    assert [batch, time, inputs] == [2, 5, 8]


def test_lesson_2_large_inputs_saturate():
    large, small = (
        {x for step in ask(parse(f"unroll steps=12 batch=4 data={data}")).steps for row in step.X for x in row}
        for data in ("large", "small")
    )
    assert large == set(range(0, 9 + 1)) and small == {-1, -0.5, 0, 0.5, 1}
    values = [abs(y) for row in ask(parse("unroll data=large")).steps[1].Y for y in row]
    assert sum(value > 0.9 for value in values) > len(values) / 2


def test_lesson_2_more_steps_have_the_same_weights():
    short, long = ask(parse("unroll")), ask(parse("unroll steps=12"))
    for found in (short, long):
        assert (found.shapes["Wx"], found.shapes["Wy"], found.shapes["b"]) == ([2, 3], [3, 3], [1, 3])


def shapes(more: str):
    """The shapes lab after a training, and its view."""
    run, _ = trained(f"shapes {more}")
    return run, run.view()


def share_of_words(run, letters: int) -> float:
    """The share of random words of so many letters that are reversed."""
    words = torch.randint(1, 27, (letters, 200), generator=torch.Generator().manual_seed(5))
    examples = run.task.examples(words)
    return float(run.task.judge(run.network.free(examples), examples.targets).mean())


def said_to(run, own: str) -> list:
    return [step.said for step in run.answer(parse(f"attempt own='{own}'")).steps if step.said is not None]


@pytest.mark.parametrize("seed", SEEDS)
def test_lesson_3_waves_are_learned_and_only_waves(seed):
    run, view = shapes(f"seed={seed}")
    assert view.measure < 0.05 and (ERROR, HELD_OUT) == (0.1, 200)
    first, later = (
        [step.loss for each in view.examples for step in each.steps[part]] for part in (slice(3), slice(3, 12))
    )
    assert np.mean(first) > 10 * np.mean(later)
    assert run.answer(parse("attempt own='0 0.5 0.87 1 0.87 0.5 0 -0.5 -0.87'")).right
    rising = run.answer(parse("attempt own='0 0.3 0.6 0.9 1.2 1.5'"))
    assert not rising.right and rising.steps[-1].said < 1.4
    assert run.answer(parse("attempt own='0.8 -0.8 0.8 -0.8 0.8 -0.8'")).error > 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_lesson_3_trends_are_told_and_noise_hides_them(seed):
    assert shapes(f"form=seq2vec seed={seed}")[1].measure >= 0.95 and HELD_OUT == 200
    assert shapes(f"form=seq2vec noise=0.8 seed={seed}")[1].measure < 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_lesson_3_a_number_is_played_within_what_was_trained(seed):
    run, view = shapes(f"form=vec2seq seed={seed}")
    assert view.measure < 0.05
    assert all(1 <= each.steps[0].given <= 3 for each in view.examples)
    within, beyond = (
        [run.answer(parse(f"attempt own={own}")).error for own in each] for each in (("1.5", "2.25"), "4")
    )
    assert max(within) < 0.1 and min(beyond) > 0.4
    assert shapes(f"form=vec2seq wave=triangle seed={seed}")[1].accepted


@pytest.mark.parametrize("seed", SEEDS)
def test_lesson_3_words_of_the_lengths_trained_are_reversed_and_longer_ones_are_not(seed):
    run, view = shapes(f"form=encdec seed={seed}")
    assert view.measure >= 0.95 and HELD_OUT == 200 and run.spec.hidden == 64
    assert share_of_words(run, 8) < 0.05
    assert min(share_of_words(run, letters) for letters in (2, 3, 4, 5)) > 0.9
    assert "".join(said_to(run, "lemon")) == "nomel."
    assert "".join(said_to(run, "sandcastle")) != "eltsacdnas."


@pytest.mark.slow
def test_lesson_3_length_7_gets_to_seven_and_8_units_are_too_few():
    assert share_of_words(shapes("form=encdec length=7")[0], 7) > 0.5
    assert shapes("form=encdec hidden=8")[1].measure < 0.5


def test_lesson_3_the_first_step_has_no_loss_of_its_own_and_yet_a_gradient():
    text = "shapes form=seq2vec steps=300"
    run, _ = trained(text)
    spec, _ = inside(run.spec, run.view().examples[0], 0, keep_training(text, run), -1)
    walk = ask(spec).now
    assert walk.dh_own == 0 and walk.dh_carried != 0


def test_lesson_6_the_table_is_the_sine():
    table = [0.00, 0.84, 0.91, 0.14, -0.76, -0.96, -0.28, 0.66]
    assert [round(math.sin(x), 2) for x in range(8)] == table
    rows = ask(parse("neuron sequence=0,0.84,0.91,0.14,-0.76,-0.96,-0.28,0.66")).rows
    assert [row.x for row in rows] == table[:-1] and [row.target for row in rows] == table[1:]


def test_lesson_6_the_series_and_its_batches():
    for lab in ("series", "forecast"):
        spec = parse(lab)
        assert (spec.points, spec.begin, spec.end, spec.length) == (300, 0, 30, 30)
    windows = ask(parse("series")).windows
    assert windows[1].targets[4] == windows[1].inputs[5] and windows[1].targets[29] not in windows[1].inputs


def test_lesson_6_what_is_said_of_other_waves():
    """So many points before say the next one by one rule for all places, and one less do not."""
    for more, needed in (("", 2), ("wave=sum", 4), ("wave=sum parts=1:1,2:0.5,3:1", 6)):
        values = np.array(ask(parse(f"series {more}")).values)
        for count, found in ((needed, True), (needed - 1, False)):
            before = np.lib.stride_tricks.sliding_window_view(values[:-1], count)
            rule, *_ = np.linalg.lstsq(before, values[count:], rcond=None)
            assert (np.abs(before @ rule - values[count:]).max() < 1e-5) == found, (more, count)
    noise = np.array(ask(parse("series wave=noise points=100000 end=30")).values)
    assert abs(np.corrcoef(noise[:-1], noise[1:])[0, 1]) < 0.01 and abs(noise.mean()) < 0.01


def test_lesson_6_one_neuron_is_not_enough():
    _, losses = trained("neuron sequence=0,0.84,0.91,0.14,-0.76,-0.96,-0.28,0.66")
    assert min(losses) > 0.1


def test_lesson_6_the_settings_that_break_it_break_it():
    with pytest.raises(ArithmeticError, match="Training stopped after step"):
        trained("forecast optimiser=sgd clip=0 lr=10")


def test_lesson_5_what_is_said_of_given_numbers():
    walk = ask(parse("cell t=3")).now
    assert [round(gate.value, 3) for gate in walk.gates[:3]] == [0.382, 0.571, 0.564]
    assert round(walk.C_before, 3) == 0.388
    assert ask(parse("cell t=7 clamp=i:0")).now.C == 0
    grown = [ask(parse(f"cell t={t} clamp=f:1")).now.C for t in range(8)]
    assert grown == sorted(grown) and grown[-1] > 3 * ask(parse("cell t=7")).now.C


def test_lesson_5_only_f_stands_between_the_gradients_of_the_cell_state():
    walk = ask(parse("cell t=4")).now
    assert walk.dC_before == pytest.approx((walk.dC_own + walk.dC_carried) * walk.gates[1].value)


def test_lesson_5_both_grus_agree_where_r_is_1():
    def h(more):
        return ask(parse(f"cell cell=gru t=5 unit=1 {more}")).now.h

    assert abs(h("") - h("reset=before")) > 0.05
    assert h("clamp=r:1") == pytest.approx(h("reset=before clamp=r:1"), abs=1e-12)


def test_lesson_5_sets_of_weights_cost_what_is_said():
    def size(more):
        return ask(parse(f"forecast {more}")).parameters

    assert size("") / size("cell=rnn") == pytest.approx(4, abs=0.1)
    assert size("peephole=full") - size("") == 3072 and size("peephole=diagonal") - size("") == 96


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_lesson_5_both_engines_train_to_the_same_numbers(cell):
    (_, ours), (_, torchs) = (trained(f"forecast cell={cell} steps=40 {more}") for more in ("", "engine=torch"))
    assert ours == pytest.approx(torchs, rel=2e-3)


def test_lesson_5_fresh_gates_hover_about_a_half():
    maps = {each.name: [value for row in each.values for value in row] for each in ask(parse("gates")).maps}
    for name in "ifo":
        assert min(maps[name]) > 0.3 and max(maps[name]) < 0.7


def test_lesson_5_an_lstm_is_not_always_the_first():
    steps = 400
    run, _ = trained(f"race task=recall length=20 steps={steps}")
    recalled = {lane.name: lane.accuracy for lane in run.view().lanes}
    assert recalled["LSTM"] == pytest.approx(1 / 8, abs=0.1) and recalled["GRU"] > 0.95 and recalled["RNN"] > 0.5
    assert abs(0.5**19 - 2e-6) < 1e-7  # two millionths


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_lesson_5_a_plain_rnn_recalls_sooner_than_an_lstm(seed):
    found = ask(parse(f"outcome task=recall length=20 seed={seed}"))
    assert found.equal_steps == 200
    lost = {lane.name: lane.at_steps for lane in found.lanes}
    assert lost["RNN"] < 0.5 and min(lost["LSTM"], lost["peephole LSTM"]) > 1


def words(more: str):
    """The words lab's view after a training, and the names of the neighbours of each watched word."""
    run, losses = trained(f"words {more}")
    view = run.view()
    return view, {each.word: [name for name, _ in each.neighbours] for each in view.watched}, losses


def share(view) -> float:
    return sum(each.right for each in view.relations) / sum(each.asked for each in view.relations)


def test_lesson_8_pairs_and_examples():
    assert ask(parse("window")).count == 14 and ask(parse("window model=cbow")).count == 5
    bone = ask(parse("skipgram")).draws
    assert [draw.word for draw in bone] == ["bone", "house", "sun", "car", "guitar", "book"]
    assert round(bone[0].sigma, 1) == 0.4
    after = ask(parse("skipgram noise=house,sun updates=1")).draws[0].score
    assert after > ask(parse("skipgram noise=house,sun")).draws[0].score
    assert ask(parse("skipgram updates=20")).loss < 0.1


def test_lesson_8_the_mean_of_four_words_gives_each_its_share():
    trace = ask(parse("skipgram model=cbow"))
    shares = {
        word: [g / d for g, d in zip(row, trace.dh, strict=True)]
        for word, row in zip(trace.v_words, trace.dv, strict=True)
    }
    assert shares["dog"] == pytest.approx([0.25] * 4) and shares["the"] == pytest.approx([0.5] * 4)


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_lesson_8_the_language_is_learned(model):
    view, near, losses = words(f"model={model}")
    assert view.words == 723 and view.text == pytest.approx(250_000, abs=1000)
    assert share(view) > 0.95 and view.judged[-1].similarity > 0.8
    if model == "skipgram":
        assert losses[0] == pytest.approx(4.16, abs=0.01)
        assert {"rules", "kingdom", "golden"} <= set(near["king"])


def test_lesson_8_one_pair_is_soon_learned():
    assert ask(parse("skipgram")).loss > 4 and ask(parse("skipgram updates=20")).loss < 0.1


@pytest.mark.slow
def test_lesson_8_little_text_and_few_numbers_learn_less():
    assert share(words("epochs=1")[0]) == pytest.approx(1 / 3, abs=0.1)
    assert share(words("dimensions=2")[0]) < 0.1
    assert 0.7 < share(words("dimensions=10")[0]) < 1


@pytest.mark.parametrize("seed", SEEDS)
def test_lesson_8_a_narrow_window_finds_what_can_take_a_words_place(seed):
    view, near, _ = words(f"window=1 watch=king,walk,france seed={seed}")
    from tuilab.corpora.lexicon import PEOPLE

    assert set(near["king"]) <= {word for pair in PEOPLE for word in pair.words}
    assert near["walk"][0] == "walked" and "queen" in near["king"]
    capitals = next(each for each in view.relations if each.name == "country-capital")
    assert capitals.right < 0.5 * capitals.asked


@pytest.mark.slow
def test_lesson_8_maps_of_other_seeds_look_otherwise_and_are_as_true():
    run, _ = trained("words")
    keep_run(run.vocabulary.words, run.state()["parameter.vectors"])
    opening._opened.cache_clear()
    views = [trained(f"map perplexity=5 start=random seed={seed}")[0].view() for seed in (1, 2, 3)]
    shares = [view.tsne.share for view in views]
    assert max(shares) - min(shares) < 0.03 and min(shares) > views[0].pca.share + 0.2
    for one, other in combinations(views, 2):
        assert likeness(one.tsne, other.tsne) < 0.75


def test_lesson_8_the_poorest_vectors_have_the_truest_map():
    run, _ = trained("words dimensions=2")
    keep_run(run.vocabulary.words, run.state()["parameter.vectors"])
    opening._opened.cache_clear()
    assert trained("map")[0].view().pca.share > 0.95


def likeness(one, other) -> float:
    """How alike two maps are, turned and mirrored as fits best: 1 for the same (Procrustes)."""
    points = [np.array([each.x, each.y]).T for each in (one, other)]
    a, b = ((each - each.mean(axis=0)) / np.linalg.norm(each - each.mean(axis=0)) for each in points)
    return float(np.linalg.svd(a.T @ b, compute_uv=False).sum())


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_lesson_8_what_python_says_of_raise(seed):
    run, _ = trained(f"words corpus=pydoc watch=raise seed={seed}")
    assert run.view().text == pytest.approx(300_000, rel=0.15)
    keep_run(run.vocabulary.words, run.state()["parameter.vectors"])
    opening._opened.cache_clear()
    near = [each.word for each in ask(parse("neighbours word=raise most=20")).rows]
    assert {"TypeError", "KeyError", "OSError"} <= set(near)
