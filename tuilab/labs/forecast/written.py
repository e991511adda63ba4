"""Cells that torch has no layer for, written out in plain torch for the code that a learner takes home."""

from tuilab.labs.forecast.spec import AnyForecast

LSTM_STEPS = """\
        h = C = x.new_zeros(x.shape[0], HIDDEN)
        for t in range(x.shape[1]):
            i, f, g, o = (x[:, t] @ W.T + b + h @ U.T + c).chunk(4, 1)
            i = torch.sigmoid(i + see(C, P_i))
            f = torch.sigmoid(f + see(C, P_f))
            C = f * C + i * torch.tanh(g)
            o = torch.sigmoid(o + see(C, P_o))
            h = o * torch.tanh(C)
            out.append(h)
"""
_GRU = """\
        h = x.new_zeros(x.shape[0], HIDDEN)
        U_r, U_z, U_n = U.chunk(3)
        c_r, c_z, c_n = c.chunk(3)
        for t in range(x.shape[1]):
            r, z, n = (x[:, t] @ W.T + b).chunk(3, 1)
            r = torch.sigmoid(r + h @ U_r.T + c_r)
            z = torch.sigmoid(z + h @ U_z.T + c_z)
            n = torch.tanh(n + (r * h) @ U_n.T + c_n)  # reset before the product
            h = z * h + (1 - z) * n  # torch's z says how much stays
            out.append(h)
"""


def see(peephole: str) -> str:
    """Lines that define `see`: what a gate sees of the cell states through a peephole, full or diagonal."""
    return f"def see(C, P):  # a peephole\n    return {'C @ P.T' if peephole == 'full' else 'C * P'}\n\n\n"


def written_layers(spec: AnyForecast) -> str:
    """Lines that define `recurrent`: (batch, time, 1) to (batch, time, hidden), and a second result as torch has it."""
    gates = 4 if spec.cell == "lstm" else 3
    peepholes = {"no": "", "full": f", ({3 * spec.hidden}, {spec.hidden})", "diagonal": f", ({3 * spec.hidden},)"}
    width = gates * spec.hidden
    own = peepholes[spec.peephole]
    taken = "W, U, b, c, P" if own else "W, U, b, c"
    parts = "        P_i, P_f, P_o = P.chunk(3)\n" if own else ""
    define = see(spec.peephole) if own else ""
    steps = (LSTM_STEPS if spec.cell == "lstm" else _GRU).replace("HIDDEN", str(spec.hidden))
    return f"""\
{define}class Layers(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = [1] + [{spec.hidden}] * {spec.layers - 1}
        shapes = [(({width}, size), ({width}, {spec.hidden}), ({width},), ({width},){own}) for size in sizes]
        self.layers = nn.ModuleList(nn.ParameterList(torch.empty(shape) for shape in each) for each in shapes)

    def forward(self, x):
        for layer in self.layers:
            x = self.run(x, *layer)
        return x, None

    def run(self, x, {taken}):
        out = []
{parts}{steps}        return torch.stack(out, 1)


recurrent = Layers()"""
