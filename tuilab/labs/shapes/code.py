"""The training as a plain torch program, with the learner's settings."""

from tuilab.labs import written
from tuilab.labs.home import TIMES, TOLD
from tuilab.labs.shapes.spec import HELD_OUT, WITH_CLASSES, Shapes

_SHIFT = """\
def draw(count):  # waves of many periods and heights: say the next point
    period = torch.empty(1, count).uniform_(5, 12, generator=generator)
    height = torch.empty(1, count).uniform_(0.5, 1, generator=generator)
    phase = torch.empty(1, count).uniform_(0, 2 * math.pi, generator=generator)
    wave = height * torch.sin(2 * math.pi * torch.arange({length} + 1.0)[:, None] / period + phase)
    return wave[:-1, :, None], wave[1:, :, None]  # (time, batch, 1), shifted by one


def network(x, targets):
    hidden, _ = recurrent(x)
    return readout(hidden)  # at every step
"""
_TREND = """\
def draw(count):  # noisy series: 0 rises, 1 falls, 2 turns
    classes = torch.randint(3, (1, count), generator=generator)
    at = torch.linspace(-1, 1, {length})[:, None]
    turn = torch.empty(1, count).uniform_(-0.3, 0.3, generator=generator)
    height = torch.empty(1, count).uniform_(0.6, 1, generator=generator)
    up = torch.randint(2, (1, count), generator=generator) * 2.0 - 1
    turning = up * (1 - 2 * (at - turn).abs() / (1 + turn.abs()))
    clean = torch.where(classes == 0, at, torch.where(classes == 1, -at, turning))
    noise = {noise!r} * torch.randn({length}, count, generator=generator)
    return (height * clean + noise)[..., None], classes  # (time, batch, 1), (1, batch)


def network(x, targets):
    hidden, _ = recurrent(x)
    return readout(hidden[-1:])  # at the last step alone
"""
_PLAY = """\
def draw(count):  # a number: play the waveform that many times
    times = torch.empty(1, count).uniform_(1, 3, generator=generator)
    place = times * torch.arange({length}.0)[:, None] / {length}
    return times[..., None], {wave}[..., None]  # (1, batch, 1), (time, batch, 1)


def network(x, targets):
    nothing = torch.zeros(len(targets) - 1, *x.shape[1:])
    hidden, _ = recurrent(torch.cat([x, nothing]))  # an input at the first step alone
    return readout(hidden)
"""
_WAVES = {"sine": "torch.sin(2 * math.pi * place)", "triangle": "(1 - 4 * ((place + 0.25) % 1 - 0.5).abs())"}
_REVERSE = """\
def draw(count, letters=None):  # words, a to z as 1 to 26, and backwards with 0 for the end
    letters = letters or int(torch.randint(1, {length} + 1, (1,), generator=generator))
    words = torch.randint(1, 27, (letters, count), generator=generator)
    return words, torch.cat([words.flip(0), torch.zeros_like(words[:1])])


def one_hot(letters):
    return nn.functional.one_hot(letters, 27).float()


def network(words, targets):  # in training the decoder is given the right letters
    _, state = recurrent(one_hot(words))
    given = torch.cat([torch.zeros_like(targets[:1]), targets[:-1]])
    return readout(decoder(one_hot(given), state)[0])


def free(words, targets):  # else it hears what it has itself said
    _, state = recurrent(one_hot(words))
    heard, said = torch.zeros_like(targets[:1]), []
    for _ in targets:
        hidden, state = decoder(one_hot(heard), state)
        said.append(readout(hidden))
        heard = said[-1].argmax(-1)
    return torch.cat(said)
"""
_TASKS = {"seq2seq": _SHIFT, "seq2vec": _TREND, "vec2seq": _PLAY, "encdec": _REVERSE}


def code(spec: Shapes) -> str:
    """A program that trains the same network on the same batches, and measures it on held-out examples."""
    return _written(spec, spec.steps, f"nn.{written.NAMES[spec.cell]}")


def program(spec: Shapes, steps: int) -> str:
    """The same for so many steps with the cell written out, the loss of each told to `told`."""
    layer = f"\n\n{written.layers(written.layer(spec.cell))}\n\n"
    return _written(spec, steps, written.NAMES[spec.cell], layer, TOLD)


def _written(spec: Shapes, steps: int, module: str, layer: str = "\n", told: str = "") -> str:
    inputs, outputs = {"seq2vec": (1, 3), "encdec": (27, 27)}.get(spec.form, (1, 1))
    hidden = spec.hidden
    decoder = f"decoder = {module}({outputs}, {hidden})\n" if spec.form == "encdec" else ""
    layers = "[recurrent, decoder, readout]" if decoder else "[recurrent, readout]"
    task = _TASKS[spec.form].format(length=spec.points, noise=spec.noise, wave=_WAVES[spec.wave])
    return f"""\
{"" if decoder else "import math" + chr(10) * 2}import torch
from torch import nn
{layer}generator = torch.Generator().manual_seed({spec.seed})
recurrent = {module}({inputs}, {hidden})
{decoder}readout = nn.Linear({hidden}, {outputs})
model = nn.ModuleList({layers})
with torch.no_grad():
    for parameter in model.parameters():
        parameter.uniform_(-{hidden} ** -0.5, {hidden} ** -0.5, generator=generator)


{task}

{_loss(spec)}

optimiser = torch.optim.Adam(model.parameters(), lr={spec.lr!r})
for step in range({steps}):
    optimiser.param_groups[0]["lr"] = {spec.lr!r}{TIMES if told else ""} * (1 - step / {spec.steps})
    x, targets = draw({spec.batch})
    loss = loss_of(network(x, targets), targets)
    optimiser.zero_grad()
    loss.backward()
{_clip(spec)}    optimiser.step()
{told}print("loss", loss.item())

generator.manual_seed(2**31)
{_measured(spec)}
"""


def _loss(spec: Shapes) -> str:
    if spec.form in WITH_CLASSES:
        return """\
def loss_of(said, targets):
    return nn.functional.cross_entropy(said.flatten(0, 1), targets.flatten())
"""
    return """\
def loss_of(said, targets):
    return ((said - targets) ** 2).mean()
"""


def _clip(spec: Shapes) -> str:
    return f"    nn.utils.clip_grad_norm_(model.parameters(), {spec.clip!r})\n" if spec.clip else ""


def _measured(spec: Shapes) -> str:
    if spec.form == "encdec":
        return f"""\
x, targets = draw({HELD_OUT}, letters={spec.points})
with torch.no_grad():
    right = (free(x, targets).argmax(-1) == targets).all(0)
print("share right", right.float().mean().item())"""
    if spec.form == "seq2vec":
        return f"""\
x, targets = draw({HELD_OUT})
with torch.no_grad():
    right = network(x, targets).argmax(-1) == targets
print("share right", right.float().mean().item())"""
    judged = "[3:]" if spec.form == "seq2seq" else ""
    why = "  # the first three points tell which wave it is" if judged else ""
    return f"""\
x, targets = draw({HELD_OUT})
with torch.no_grad():
    error = (network(x, targets) - targets){judged}{why}
print("typical error", (error**2).mean().sqrt().item())"""
