"""A network of the four forms on one example, as a walk with the readable cells in double precision."""

import torch
from torch import Tensor

from tuilab.engine.layer import Recurrent
from tuilab.engine.shapes import Examples, Network, nothing_after
from tuilab.engine.walk import Task, forwards


def walk_of(network: Network, examples: Examples, said: Tensor) -> Task:
    """The walk; of an encoder and decoder that of the encoder, whose decoder hears what was `said`, running freely."""
    x, targets = examples
    readout = network.readout.weight.detach().double(), network.readout.bias.detach().double()
    targets = targets.double() if targets.is_floating_point() else targets
    kind, weights = network.kind, _weights(network.recurrent)
    match network.form:
        case "vec2seq":
            return Task(kind, nothing_after(x, len(targets)).double(), targets, weights, readout)
        case "seq2vec":
            return Task(kind, x.double(), targets, weights, readout, first_out=len(x) - 1)
        case "encdec":
            heard = network.given(said.argmax(-1)).double()
            decoder = Task(kind, heard, targets, _weights(network.decoder), readout)
            return Task(kind, x.double(), targets, weights, readout, decoder=decoder)
        case _:
            return Task(kind, x.double(), targets, weights, readout)


@torch.no_grad()
def decoder_of(encoder: Task) -> Task:
    """The walk of the decoder, from the encoder's last states."""
    assert encoder.decoder is not None
    return encoder.decoder._replace(start=forwards(encoder).states[-1])


def _weights(layer: Recurrent) -> list[Tensor]:
    return [weight.detach().double() for weight in layer.weights(0)]
