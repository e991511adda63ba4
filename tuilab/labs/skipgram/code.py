"""The update as a few lines of torch, with the numbers that are on the screen."""

from tuilab.labs.skipgram.spec import Matrix, SkipgramTrace


def code(trace: SkipgramTrace) -> str:
    """A program that prints σ of each draw, the loss, and the vectors after the update."""
    draws = [draw for draw in trace.draws if draw.counted]
    k = len(trace.draws) - 1
    rows = [trace.u_words.index(draw.word) for draw in draws]
    given = [trace.v_words.index(word) for word in trace.given]
    mean = f"v[{given}].mean(0)  # the mean of {', '.join(trace.given)}" if len(given) > 1 else "v[0]"
    skipped = "  # but those that are the word itself" if len(draws) < len(trace.draws) else ""
    logit = "u[drawn] @ h"
    if trace.criterion == "nce":
        logit += " - torch.log(k * P)"
    lines = [
        "import torch",
        "from torch.nn.functional import binary_cross_entropy_with_logits",
        "",
        f"v = {_vectors(trace.v_words, trace.v)}",
        f"u = {_vectors(trace.u_words, trace.u)}",
        f"drawn = {rows}  # rows of u: the word that was there, then noise{skipped}",
        f"label = torch.tensor({[draw.label for draw in draws]!r}, dtype=torch.double)",
    ]
    if trace.criterion == "nce":
        probabilities = [draw.probability for draw in draws]
        lines += [f"k, P = {k}, torch.tensor({probabilities!r}, dtype=torch.double)"]
    lines += [
        "",
        f"h = {mean}",
        f"logit = {logit}",
        'loss = binary_cross_entropy_with_logits(logit, label, reduction="sum")',
        'print("sigma =", torch.sigmoid(logit).tolist())',
        'print("loss =", loss.item())',
        "",
        "loss.backward()",
        f'print("v after =", (v - {trace.lr!r} * v.grad).tolist())',
        f'print("u after =", (u - {trace.lr!r} * u.grad).tolist())',
    ]
    return "\n".join(lines) + "\n"


def _vectors(words: list[str], rows: Matrix) -> str:
    """A tensor, its rows on lines of their own with the words that they belong to."""
    lines = "\n".join(f"    {row!r},  # {word}" for word, row in zip(words, rows, strict=True))
    return f"torch.tensor([\n{lines}\n], dtype=torch.double, requires_grad=True)"
