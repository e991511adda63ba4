"""One update of word2vec, written to be read; what trains fast is held against it.

A word w has two vectors: v_w, its row of `vectors`, when it is given, and u_w, its row of `outputs`, when it is to be
predicted. From the given words comes h: skip-gram gives the target alone, h = v_t, and predicts a word of its context;
CBOW gives the words of the context, h = mean of their v, and predicts the target. The word that was really there is to
be told from k noise words, drawn with the probabilities P, by a binary logistic regression:

    Q(D=1 | w, h) = σ(z_w),    σ(z) = 1 / (1 + exp(−z))
    loss = −log σ(z_positive) − Σ over the noise words of log(1 − σ(z_noise))

* Negative sampling (Mikolov, Sutskever, Chen, Corrado, Dean 2013, section 2.2, equation 4): the score is the logit,
  z_w = u_w·h. A noise word that happens to be the positive one is skipped, as in the authors' program.
* Noise-contrastive estimation (Gutmann, Hyvärinen 2012; Mnih, Kavukcuoglu 2013): z_w = u_w·h − log(k P(w)). The score
  then learns the logarithm of the word's probability. Such a noise word counts: noise that was sifted would no longer
  be distributed as P. There are no biases here, as in word2vec.

With the error e_w = σ(z_w) − label of each drawn word, label 1 for the positive and 0 for noise:

    d loss / d u_w = Σ e·h  over the draws of w        d loss / d h = Σ over all draws of e·u_w
    d loss / d v_i = (d loss / d h) · (how often i is among the given words) / (number of given words)

The authors' program leaves that last division out for CBOW (İrsoy, Benton, Stratos 2021); here is the true gradient.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import softplus

Loss = Literal["negative", "nce"]


class Task(NamedTuple):
    """What an update is made of: all vectors (words, dimensions), the ids of the words that take part, and the noise.

    `given` are the words that h comes from, `positive` the one that was really there, `noise` the k that were drawn;
    `probabilities` (words,) are those that noise is drawn with.
    """

    vectors: Tensor
    outputs: Tensor
    given: Sequence[int]
    positive: int
    noise: Sequence[int]
    probabilities: Tensor
    loss: Loss

    @property
    def drawn(self) -> Tensor:
        """The positive word and the noise words: (1 + k,)."""
        return torch.tensor([self.positive, *self.noise])


class Forwards(NamedTuple):
    """The way to the loss. `h` is (dimensions,); the others have a number for the positive word, then for each noise.

    `counted` is 0 for a noise word that is skipped, else 1; `off` is what is taken off the score.
    """

    h: Tensor
    labels: Tensor
    counted: Tensor
    scores: Tensor
    off: Tensor
    logits: Tensor
    sigma: Tensor
    losses: Tensor


class Gradients(NamedTuple):
    """The way back: `errors` (1 + k,), `h` (dimensions,); `vectors` and `outputs` of all words, (words, dimensions)."""

    errors: Tensor
    h: Tensor
    vectors: Tensor
    outputs: Tensor


def forwards(task: Task) -> Forwards:
    """The loss of an update, term by term, and how it comes about."""
    drawn, k = task.drawn, len(task.noise)
    labels = torch.zeros(1 + k, dtype=task.vectors.dtype)
    labels[0] = 1
    counted = torch.ones_like(labels)
    if task.loss == "negative":
        counted[1:] = (drawn[1:] != task.positive).to(counted.dtype)
    h = task.vectors[list(task.given)].mean(0)
    scores = task.outputs[drawn] @ h
    off = torch.log(k * task.probabilities[drawn]) if task.loss == "nce" else torch.zeros_like(scores)
    logits = scores - off
    losses = counted * (softplus(logits) - labels * logits)  # −log σ(z), or −log(1 − σ(z)), for any size of z
    return Forwards(h, labels, counted, scores, off, logits, torch.sigmoid(logits), losses)


def gradients(task: Task, seen: Forwards) -> Gradients:
    """The gradients of the loss, by hand; a word that was drawn or given more than once has the sum of its shares."""
    given, drawn = torch.tensor(list(task.given)), task.drawn
    errors = seen.counted * (seen.sigma - seen.labels)
    d_outputs = torch.zeros_like(task.outputs).index_add(0, drawn, errors[:, None] * seen.h)
    d_h = errors @ task.outputs[drawn]
    d_vectors = torch.zeros_like(task.vectors).index_add(0, given, (d_h / len(given)).expand(len(given), -1))
    return Gradients(errors, d_h, d_vectors, d_outputs)


def updated(task: Task, back: Gradients, lr: float) -> Task:
    """Gradient descent: the same task with the vectors after one update."""
    return task._replace(vectors=task.vectors - lr * back.vectors, outputs=task.outputs - lr * back.outputs)


def difference_from_autograd(task: Task, back: Gradients) -> float:
    """The largest difference between gradients by hand and those that autograd finds."""
    v, u = (values.detach().clone().requires_grad_() for values in (task.vectors, task.outputs))
    forwards(task._replace(vectors=v, outputs=u)).losses.sum().backward()
    assert v.grad is not None and u.grad is not None
    return max(float((v.grad - back.vectors).abs().max()), float((u.grad - back.outputs).abs().max()))
