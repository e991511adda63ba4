"""Programs of many more settings, trained for longer than the quick tests have time for."""

import pytest
import torch

from tests.exports.test_program import compare

torch.set_num_threads(1)
pytestmark = pytest.mark.slow

MANY = [
    "neuron",
    "neuron activation=relu lr=0.5 steps=300",
    "neuron activation=tanh sequence=0.1,0.5,0.2,0.9 steps=500",
    "forecast steps=700",
    "forecast cell=gru steps=500",
    "forecast cell=rnn steps=500",
    "forecast cell=rnn layers=3 steps=150 seed=2",
    "forecast cell=gru reset=before steps=300",
    "forecast cell=gru reset=before layers=2 steps=60",
    "forecast cell=gru layers=4 hidden=8 steps=60",
    "forecast peephole=full steps=300",
    "forecast peephole=full layers=3 hidden=8 steps=60",
    "forecast peephole=diagonal layers=2 steps=100",
    "forecast layers=4 hidden=8 steps=100",
    "forecast optimiser=sgd lr=0.5 clip=0 steps=300",
    "forecast optimiser=rmsprop steps=100 cell=gru",
    "forecast optimiser=rmsprop steps=100 cell=rnn seed=5",
    "forecast engine=torch steps=200",
    "forecast engine=torch cell=gru layers=2 steps=60",
    "forecast lr=0.05 clip=0 steps=200",
    "forecast hidden=64 batch=1 length=60 steps=100 seed=9",
    "forecast begin=-5 end=80 points=2000 steps=100 cell=gru",
    "forecast data=milk",
    "forecast data=milk cell=rnn layers=2 difference=no clip=0 optimiser=rmsprop steps=100",
    "shapes steps=500",
    "shapes cell=rnn steps=300",
    "shapes cell=lstm steps=300 clip=0",
    "shapes form=seq2vec steps=500",
    "shapes form=seq2vec cell=lstm noise=1 steps=300",
    "shapes form=vec2seq steps=300",
    "shapes form=vec2seq cell=lstm steps=200 wave=triangle",
    "shapes form=vec2seq cell=rnn steps=200",
    "shapes form=encdec steps=300",
    "shapes form=encdec cell=lstm steps=300",
    "shapes form=encdec cell=rnn steps=200 length=3",
    "gradients steps=300",
    "gradients batchnorm=step steps=200",
    "gradients depth=50 activation=relu init=he steps=200",
    "gradients depth=3 width=6 steps=10 lr=1 switched=5:init=xavier",
    "gradients depth=5 activation=leaky init=orthogonal clip_value=0.01 steps=100",
    "gradients network=rnn activation=tanh init=orthogonal clip=1 steps=200",
    "gradients network=rnn activation=relu init=identity length=30 steps=150 "
    "switched=60:batchnorm=step,120:batchnorm=shared",
    "gradients depth=8 activation=elu init=normal std=0.3 steps=300 "
    "switched=100:lr=0.5,200:clip=0.1,250:activation=tanh",
    "memory ago=5,10 steps=200",
    "memory ago=5 steps=200 equal=parameters between=blank lr=0.01 keep=0",
    "memory ago=6,12 truncate=4 init=orthogonal activation=relu steps=100",
    "memory ago=4 init=identity activation=relu lr=10 clip=0 steps=40",
    "race steps=100",
    "race task=recall steps=150 seed=2",
    "race equal=parameters peephole=diagonal steps=100 clip=0 lr=0.02",
    "race task=recall equal=parameters steps=100",
    "words epochs=1",
    "words model=cbow epochs=1 corpus=language seeds=2",
    "words dimensions=20 sample=0 negatives=2 min_count=40 window=2 epochs=1 lr=0.5",
    "words dimensions=20 corpus=pydoc epochs=1 model=cbow",
]


@pytest.mark.parametrize("spelling", MANY)
def test_it_prints_the_losses_of_the_lab(spelling, tmp_path):
    compare(tmp_path, spelling, sure=3)  # some enlarge roundings at once; the program's own verdict holds for all
