"""The series and its batch as a few lines of torch, with the learner's settings."""

from tuilab.labs.series.spec import Series

_CURVES = {
    "sine": "torch.sin({x})",
    "sawtooth": "2 * ({x} / (2 * torch.pi) % 1) - 1",
    "square": "1 - 2.0 * ({x} / (2 * torch.pi) % 1 >= 0.5)",
    "noise": "torch.randn({points}, generator=generator, dtype=torch.double)",
}


def code(spec: Series) -> str:
    """A program that prints where the windows begin, and the shapes and numbers of inputs and targets."""
    noisy = spec.noise > 0 or spec.wave == "noise"
    lines = [
        "import torch\n",
        f"x = {spec.begin!r} + ({spec.end!r} - {spec.begin!r}) / {spec.points} "
        f"* torch.arange({spec.points}, dtype=torch.double)",
        f"generator = torch.Generator().manual_seed({spec.seed})  # of the noise" if noisy else "",
        f"curve = {_curve(spec)}",
        f"curve = curve + {spec.noise!r} * torch.randn({spec.points}, generator=generator, dtype=torch.double)"
        if spec.noise
        else "",
        "curve = curve.float()",
        f"\ngenerator = torch.Generator().manual_seed({spec.seed})  # of the windows",
        f"for step in range({spec.step + 1}):  # each training step draws a batch",
        f"    first = torch.randint({spec.points - spec.length}, ({spec.batch}, 1), generator=generator)",
        f"windows = curve[first + torch.arange({spec.length} + 1), None]  # (batch, steps, 1)",
        "inputs, targets = windows[:, :-1], windows[:, 1:]  # shifted by one",
        '\nprint("first", first.flatten().tolist())',
        'print("shape", tuple(inputs.shape), tuple(targets.shape))',
        'print("inputs", inputs.flatten().tolist())',
        'print("targets", targets.flatten().tolist())\n',
    ]
    return "\n".join(line for line in lines if line)


def _curve(spec: Series) -> str:
    if spec.wave == "sum":
        return " + ".join(f"{amplitude!r} * torch.sin({frequency!r} * x)" for frequency, amplitude in spec.sines)
    x = (
        "x"
        if spec.frequency == 1
        else f"({spec.frequency!r} * x)"
        if spec.wave != "sine"
        else f"{spec.frequency!r} * x"
    )
    return _CURVES[spec.wave].format(x=x, points=spec.points)
