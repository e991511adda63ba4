import pytest
import torch

from tuilab.engine.layer import Kind
from tuilab.engine.shape_tasks import PERIODS, Play, Reverse, Shift, Trend, task_of
from tuilab.engine.shape_walk import decoder_of, walk_of
from tuilab.engine.shapes import FORMS, Network, losses
from tuilab.engine.walk import backwards, difference_from_autograd, forwards

TASKS = {form: task_of(form, 6, "sine", 0.3) for form in FORMS}


def network(form: str, cell: str = "gru", hidden: int = 5) -> Network:
    return Network(form, Kind(cell), TASKS[form].sizes, hidden, torch.Generator().manual_seed(1))


def drawn(form: str, count: int = 4):
    return TASKS[form].draw(count, torch.Generator().manual_seed(3))


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_out_has_the_shape_of_the_targets(form):
    examples, task = drawn(form), TASKS[form]
    said = network(form)(examples)
    assert said.shape == (*examples.targets.shape[:2], task.sizes[1])
    assert losses(said, examples.targets).shape == examples.targets.shape[:2]
    assert examples.inputs.shape[0] == (1 if form == "vec2seq" else examples.inputs.shape[0])


def test_which_inputs_an_output_depends_on():
    """The first output of a sequence hears the first input alone; the one answer hears all; a decoder hears all."""
    for form, heard in (("seq2seq", [True] + [False] * 5), ("seq2vec", [True] * 6)):
        examples = drawn(form)
        inputs = examples.inputs.clone().requires_grad_()
        network(form)(examples._replace(inputs=inputs))[0].sum().backward()
        assert [bool(each.abs().sum() > 0) for each in inputs.grad] == heard
    words = TASKS["encdec"].examples(torch.tensor([[1], [2], [3]]))
    inputs = words.inputs.clone().requires_grad_()
    network("encdec")(words._replace(inputs=inputs))[0].square().sum().backward()
    assert all(each.abs().sum() > 0 for each in inputs.grad)


def test_a_decoder_is_given_the_right_letters_in_training_and_its_own_otherwise():
    model, words = network("encdec"), TASKS["encdec"].examples(torch.tensor([[1], [2], [3]]))
    assert model.given(words.targets).argmax(-1)[:, 0].tolist() == [0, 3, 2, 1]
    free = model.free(words)
    own = words._replace(targets=free.argmax(-1))
    torch.testing.assert_close(model(own), free)  # teacher forcing with what it says itself is running freely
    assert not torch.allclose(model(words), free)
    other = model.free(words._replace(targets=torch.ones_like(words.targets)))
    torch.testing.assert_close(other, free)  # of the targets it knows nothing but how many there are


def test_shift_is_shifted_by_one_and_its_waves_are_as_said():
    inputs, targets = Shift(60).draw(200, torch.Generator().manual_seed(1))
    assert torch.equal(inputs[1:], targets[:-1])
    assert inputs.abs().amax(0).min() > 0.4 and inputs.abs().max() <= 1
    crossings = (inputs[1:].sign() != inputs[:-1].sign()).sum(0).flatten() / 2
    assert 60 / PERIODS[1] - 1 <= crossings.min() and crossings.max() <= 60 / PERIODS[0] + 1


def test_trends_without_noise_are_what_they_are_called():
    inputs, classes = Trend(12, 0.0).draw(300, torch.Generator().manual_seed(1))
    slope = inputs[1:, :, 0] - inputs[:-1, :, 0]
    up, down = (slope > 0).all(0), (slope < 0).all(0)
    assert torch.equal(up, classes[0] == 0) and torch.equal(down, classes[0] == 1)
    assert set(classes[0].tolist()) == {0, 1, 2}


@pytest.mark.parametrize("wave", ["sine", "triangle"])
def test_a_waveform_is_played_as_often_as_the_number_says(wave):
    played = Play(240, wave).played(torch.tensor([[1.0, 3.0]]))
    rising = ((played[1:] > 0) & (played[:-1] <= 0)).sum(0)
    assert rising.tolist() == [1, 3] and played.abs().max() == pytest.approx(1, abs=0.02)
    assert played[0].tolist() == [0, 0]


def test_words_are_reversed_and_end():
    task = Reverse(5)
    examples = task.draw(3, torch.Generator().manual_seed(4))
    words = examples.inputs.argmax(-1)
    assert torch.equal(words.flip(0), examples.targets[:-1]) and not examples.targets[-1].any()
    assert (words > 0).all() and task.held_out(9).inputs.shape == (5, 9, 27)


def test_only_a_word_right_in_every_letter_is_right():
    task = Reverse(3)
    words = task.examples(torch.tensor([[1, 1], [2, 2]]))
    said = torch.nn.functional.one_hot(words.targets, 27).float()
    said[2, 1] = torch.nn.functional.one_hot(torch.tensor(5), 27)
    assert task.judge(said, words.targets).tolist() == [1, 0] and task.measure(torch.tensor([1.0, 0.0])) == 0.5


def test_steps_that_nobody_could_know_are_not_judged():
    targets = torch.zeros(6, 1, 1)
    said = torch.tensor([9.0, 9, 9, 0.3, 0.3, 0.3])[:, None, None]
    assert Shift(6).judge(said, targets).tolist() == pytest.approx([0.3])


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("form", FORMS)
def test_the_walk_says_and_loses_what_the_network_does_and_its_gradients_are_autograds(form, cell):
    model, examples = network(form, cell), drawn(form, 1)
    said = model.free(examples)
    walked = walk_of(model, examples, said)
    seen = forwards(walked)
    wanted = float(losses(said, examples.targets).mean())
    assert float(seen.loss) == pytest.approx(wanted, rel=1e-5)
    assert difference_from_autograd(walked, backwards(walked, seen).sums) < 1e-12
    if form == "encdec":
        decoder = decoder_of(walked)
        spoken = forwards(decoder)
        torch.testing.assert_close(spoken.predictions, said.double(), rtol=1e-4, atol=1e-5)
        assert float(spoken.loss) == pytest.approx(wanted, rel=1e-5)
        assert difference_from_autograd(decoder, backwards(decoder, spoken).sums) < 1e-12
    else:
        torch.testing.assert_close(seen.predictions, said.double(), rtol=1e-4, atol=1e-5)
