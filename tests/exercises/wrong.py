"""The slips that learners really make, each written in three ways: the exercise, a part of its sentence, the code."""

N, T = "import numpy as np\n", "import torch\nfrom torch import nn\n"
WINDOW = "def window(series, start, steps):\n    "
SCALE = N + "def scale(train, test):\n    "
BATCH = N + "def batch(series, steps, held):\n    "
PIECES = (
    "known = series[:-held]\n    p = np.array([known[i:i+steps+1] for i in range(len(known)-steps)])[:, :, None]\n    "
)
TRAIN = T + "def train(model, optimiser, inputs, targets, epochs):\n    losses = []\n"
COMPARE = (
    N
    + "def compare(series, forecast):\n    train, truth = series[:-12], series[-12:]\n    low, span = train.min(), train.max() - train.min()\n    naive = np.sqrt(np.mean((series[-24:-12] - truth) ** 2))\n    "
)

TIMES = ("window", "`*` stands for `+`")
COLON = ("batch", "a minus is missing")
ON_ALL, ON_TEST = ("scale", "fitted on all months"), ("scale", "fitted on the months that are held out")
UNSHIFTED, UNSHIFTED_BATCH = ("window", "not shifted"), ("batch", "not shifted")
INTO, SWAPPED = ("batch", "reach into the held-out months"), ("batch", "The axes are swapped")
ZEROED, SCALED = ("train", "not zeroed"), ("compare", "error of the scaled values is given as pounds")

WRONG = [
    (*TIMES, WINDOW + "return series[start : start * steps], series[start + 1 : start * steps + 1]"),
    (*TIMES, WINDOW + "end = start * steps\n    both = series[start : end + 1]\n    return both[:-1], both[1:]"),
    (*TIMES, WINDOW + "x = [series[i] for i in range(start, start*steps)]\n    return x, [series[i + 1] for i in range(start, start*steps)]"),
    (*COLON, BATCH + PIECES + "return p[:, :1], p[:, 1:]"),
    (*COLON, BATCH + PIECES + "return p[:, :1].reshape(-1, steps, 1), p[:, 1:].reshape(-1, steps, 1)"),
    (*COLON, BATCH + PIECES + "return np.array([piece[:1] for piece in p]), np.array([piece[1:] for piece in p])"),
    (*ON_ALL, SCALE + "both = np.concatenate((train, test))\n    return tuple((x - both.min()) / np.ptp(both) for x in (train, test))"),
    (*ON_ALL, SCALE + "low = min(train.min(), test.min())\n    high = max(train.max(), test.max())\n    return (train-low)/(high-low), (test-low)/(high-low)"),
    (*ON_ALL, SCALE + "from sklearn.preprocessing import MinMaxScaler\n    s = MinMaxScaler().fit(np.hstack([train, test])[:, None])\n    return s.transform(train[:, None]).ravel(), s.transform(test[:, None]).ravel()"),
    (*ON_TEST, SCALE + "low, high = test.min(), test.max()\n    return (train - low) / (high - low), (test - low) / (high - low)"),
    (*ON_TEST, SCALE + "f = lambda v: (v - np.amin(test)) / np.ptp(test)\n    return f(train), f(test)"),
    (*ON_TEST, SCALE + "order = sorted(test)\n    d = order[-1] - order[0]\n    return [(v - order[0]) / d for v in train], [(v - order[0]) / d for v in test]"),
    (*UNSHIFTED, WINDOW + "return series[start : start + steps], series[start : start + steps]"),
    (*UNSHIFTED, WINDOW + "x = series[start:][:steps]\n    return x, x"),
    (*UNSHIFTED, N + WINDOW + "x = np.take(series, np.arange(steps) + start)\n    return np.stack([x, x.copy()])"),
    (*UNSHIFTED_BATCH, BATCH + PIECES + "return p[:, :-1], p[:, :-1]"),
    (*UNSHIFTED_BATCH, BATCH + "k = series[:-held]\n    x = np.stack([k[i:i+steps] for i in range(len(k)-steps)])[..., None]\n    return x, x"),
    (*UNSHIFTED_BATCH, BATCH + "v = np.lib.stride_tricks.sliding_window_view(series[:-held-1], steps)[:, :, None]\n    return v, v"),
    (*INTO, BATCH + "p = np.array([series[i:i+steps+1] for i in range(len(series)-steps)])[:, :, None]\n    return p[:, :-1], p[:, 1:]"),
    (*INTO, BATCH + "n = len(series) - steps\n    x = [[[series[i + j]] for j in range(steps)] for i in range(n)]\n    return x, [[[series[i + j + 1]] for j in range(steps)] for i in range(n)]"),
    (*INTO, BATCH + "v = np.lib.stride_tricks.sliding_window_view(series, steps)[:, :, None]\n    return v[:-1], v[1:]"),
    (*SWAPPED, BATCH + PIECES + "return p[:, :-1].transpose(1, 0, 2), p[:, 1:].transpose(1, 0, 2)"),
    (*SWAPPED, BATCH + PIECES + "return p[:, :-1].reshape(steps, -1, 1), p[:, 1:].reshape(steps, -1, 1)"),
    (*SWAPPED, BATCH + "k = series[:-held]\n    s = range(len(k) - steps)\n    x = np.stack([k[i:i+steps] for i in s], axis=1)[..., None]\n    return x, np.stack([k[i+1:i+steps+1] for i in s], axis=1)[..., None]"),
    (*ZEROED, TRAIN + "    for _ in range(epochs):\n        loss = nn.functional.mse_loss(model(inputs), targets)\n        loss.backward()\n        optimiser.step()\n        losses.append(loss.item())\n    return losses"),
    (*ZEROED, TRAIN + "    optimiser.zero_grad()\n    while len(losses) < epochs:\n        loss = ((model(inputs) - targets) ** 2).mean()\n        losses += [float(loss)]\n        loss.backward()\n        optimiser.step()\n    return losses"),
    (*ZEROED, TRAIN + "    measure = nn.MSELoss()\n    for _ in range(epochs):\n        optimiser.zero_grad\n        loss = measure(model(inputs), targets)\n        loss.backward()\n        optimiser.step()\n        losses.append(loss)\n    return losses"),
    (*SCALED, COMPARE + "return np.sqrt(np.mean((forecast - (truth - low) / span) ** 2)), naive"),
    (*SCALED, COMPARE + "scaled = (series - low) / span\n    return np.linalg.norm(forecast - scaled[-12:]) / 12 ** 0.5, np.linalg.norm(scaled[-24:-12] - scaled[-12:]) / 12 ** 0.5"),
    (*SCALED, COMPARE + "s = [(v - low) / span for v in truth]\n    return (sum((a - b) ** 2 for a, b in zip(s, forecast)) / 12) ** 0.5, naive"),
]  # fmt: skip

MORE = [
    ("model", "The axes are swapped inside", T + "class M(nn.Module):\n    def __init__(self, h):\n        super().__init__()\n        self.r, self.o = nn.LSTM(1, h), nn.Linear(h, 1)\n    def forward(self, x):\n        return self.o(self.r(x)[0])\ndef make_model(hidden):\n    return M(hidden)"),
    ("generate", "reaches into the held-out months", T + "def generate(model, series, steps, held):\n    w = [float(v) for v in series[len(series) - steps:]]\n    for _ in range(held):\n        w += [model(torch.tensor([w[-steps:]])[:, :, None])[0, -1].item()]\n    return w[-held:]"),
    ("generate", "over what really happened", T + "def generate(model, series, steps, held):\n    s = torch.tensor(series, dtype=torch.float32)\n    w = s.unfold(0, steps, 1)[-held-1:-1]\n    return model(w[:, :, None])[:, -1, 0]"),
    ("pounds", "not added again", "def pounds(scaled, train):\n    return [v * (max(train) - min(train)) for v in scaled]"),
    ("scale", "scaled by its own", SCALE + "return [(v - v.min()) / np.ptp(v) for v in (train, test)]"),
    ("load", "are trained on too", "def load(path):\n    return [float(l.split(',')[1]) for l in open(path).readlines()[1:]]\ndef split(series, held):\n    return series, series[len(series) - held:]"),
]  # fmt: skip
