"""Recurrent layers written out in plain torch, for the programs that a learner reads and takes home.

They are made and called as torch's own, hold the same weights in the same order, and compute what the engine computes.
"""

_BASE = """\
class Recurrent(nn.Module):  # made and called as torch's own layers are; weights in their order
    def __init__(self, inputs, hidden, layers=1, batch_first=False):
        super().__init__()
        self.hidden, self.batch_first, self.layers = hidden, batch_first, nn.ModuleList()
        width = self.gates * hidden
        for seen in [inputs] + [hidden] * (layers - 1):
            shapes = [(width, seen), (width, hidden), (width,), (width,)] + self.more_shapes(hidden)
            self.layers.append(nn.ParameterList(torch.empty(shape) for shape in shapes))

    def more_shapes(self, hidden):
        return []

    def forward(self, x, states=None):
        x = x.transpose(0, 1) if self.batch_first else x  # (time, batch, inputs)
        zeros, last = torch.zeros(x.shape[1], self.hidden), []
        for weights, state in zip(self.layers, states or [(zeros,) * self.states] * len(self.layers)):
            x, state = self.run(x, state, *weights)
            last.append(state)
        return (x.transpose(0, 1) if self.batch_first else x), last
"""
_RNN = """\
class {name}(Recurrent):
    gates, states = 1, 1

    def run(self, x, state, W, U, b, c):
        (h,), outputs = state, []
        for from_x in x @ W.T + b + c:  # of all time steps at once
            h = torch.{activation}(from_x + h @ U.T)
            outputs.append(h)
        return torch.stack(outputs), (h,)
"""
_LSTM = """\
class {name}(Recurrent):
    gates, states = 4, 2

    def run(self, x, state, W, U, b, c):
        (h, C), outputs = state, []
        for from_x in x @ W.T + b + c:  # of all time steps at once
            i, f, g, o = (from_x + h @ U.T).chunk(4, 1)
            C = torch.sigmoid(f) * C + torch.sigmoid(i) * torch.tanh(g)
            h = torch.sigmoid(o) * torch.tanh(C)
            outputs.append(h)
        return torch.stack(outputs), (h, C)
"""
_PEEPHOLES = """\
class {name}(Recurrent):
    gates, states = 4, 2

    def more_shapes(self, hidden):
        return [{shape}]

    def run(self, x, state, W, U, b, c, P):
        (h, C), outputs = state, []
        P_i, P_f, P_o = P.chunk(3)  # the gates see the cell state through them
        for from_x in x @ W.T + b + c:  # of all time steps at once
            i, f, g, o = (from_x + h @ U.T).chunk(4, 1)
            i, f = torch.sigmoid(i + {of_i}), torch.sigmoid(f + {of_f})
            C = f * C + i * torch.tanh(g)
            h = torch.sigmoid(o + {of_o}) * torch.tanh(C)
            outputs.append(h)
        return torch.stack(outputs), (h, C)
"""
_GRU = """\
class {name}(Recurrent):
    gates, states = 3, 1

    def run(self, x, state, W, U, b, c):
        (h,), outputs = state, []
        U_r, U_z, U_n = U.chunk(3)
        c_r, c_z, c_n = c.chunk(3)
        for from_x in x @ W.T + b:  # of all time steps at once
            r, z, n = from_x.chunk(3, 1)
            r = torch.sigmoid(r + h @ U_r.T + c_r)
            z = torch.sigmoid(-(z + h @ U_z.T + c_z))  # the sign turned: the z of torch's weights is one minus this
            n = torch.tanh(n + {product})
            h = (1 - z) * h + z * n
            outputs.append(h)
        return torch.stack(outputs), (h,)
"""
_PRODUCTS = {"after": "r * (h @ U_n.T + c_n)", "before": "(r * h) @ U_n.T + c_n"}
NAMES = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}

_BETWEEN = "\n\n"


def layers(*written: str) -> str:
    """The lines that define what all of them share, then them."""
    return _BETWEEN.join([_BASE, *written])


def layer(cell: str, peephole: str = "no", reset: str = "after", activation: str = "tanh", name: str = "") -> str:
    """The lines that define one, behind those of `layers`; it is called as torch's unless another name is given."""
    name = name or NAMES[cell]
    if cell == "rnn":
        return _RNN.format(name=name, activation=activation)
    if cell == "gru":
        return _GRU.format(name=name, product=_PRODUCTS[reset])
    if peephole == "no":
        return _LSTM.format(name=name)
    shape, product = {"full": ("(3 * hidden, hidden)", "C @ P_{}.T"), "diagonal": ("(3 * hidden,)", "C * P_{}")}[
        peephole
    ]
    return _PEEPHOLES.format(name=name, shape=shape, **{f"of_{gate}": product.format(gate) for gate in "ifo"})
