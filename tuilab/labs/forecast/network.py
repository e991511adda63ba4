"""The network of a forecast as lines of plain torch, which its programs share."""

from tuilab.labs import written
from tuilab.labs.forecast.spec import AnyForecast
from tuilab.labs.home import TIMES

OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}


def is_torchs(spec: AnyForecast) -> bool:
    """Whether torch has such a layer."""
    return (spec.peephole, spec.reset) == ("no", "after")


def torchs_layer(spec: AnyForecast) -> str:
    """Torch's own layer of that size."""
    return f"nn.{written.NAMES[spec.cell]}(1, {spec.hidden}, {spec.layers}, batch_first=True)"


def definitions(spec: AnyForecast, written_out: bool) -> str:
    """What stands between the imports and the other lines: the layer, where it is written out, else nothing."""
    if not written_out:
        return "\n"
    return f"\n\n{written.layers(written.layer(spec.cell, spec.peephole, spec.reset))}\n\n"


def network(spec: AnyForecast, written_out: bool) -> str:
    """Lines that make the `generator`, the network, and its first weights."""
    layer = torchs_layer(spec)
    return f"""\
generator = torch.Generator().manual_seed({spec.seed})
recurrent = {layer.removeprefix("nn.") if written_out else layer}
readout = nn.Linear({spec.hidden}, 1)
model = nn.ModuleList([recurrent, readout])
with torch.no_grad():
    for parameter in model.parameters():
        parameter.uniform_(-{spec.hidden} ** -0.5, {spec.hidden} ** -0.5, generator=generator)
"""


def clipping(spec: AnyForecast) -> str:
    """The line of a training step that clips the gradient; nothing where it is not clipped."""
    return f"    nn.utils.clip_grad_norm_(model.parameters(), {spec.clip!r})\n" if spec.clip else ""


def falling(spec: AnyForecast, told: str = "") -> str:
    """The line of a training step that sets the learning rate; nothing where it stays."""
    if spec.decay == "no":
        return ""
    rate = f"{spec.lr!r}{TIMES if told else ''}"
    return f'    optimiser.param_groups[0]["lr"] = {rate} * (1 - step / {spec.steps})\n'


def noisy(spec: AnyForecast, length: str) -> str:
    """What is added to the inputs in training; nothing where nothing is."""
    return f" + {spec.noise!r} * torch.randn({spec.batch}, {length}, 1, generator=generator)" if spec.noise else ""
