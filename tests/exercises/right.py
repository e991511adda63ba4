"""Right solutions of each exercise, written in five ways and more, as different as they come."""

N, T = "import numpy as np\n", "import torch\nfrom torch import nn\n"
LOAD = "def load(path):\n    "
SPLIT = "def split(series, held):\n    "
SCALE, WINDOW = N + "def scale(train, test):\n    ", "def window(series, start, steps):\n    "
BATCH = N + "def batch(series, steps, held):\n    "
TRAIN = T + "def train(model, optimiser, inputs, targets, epochs):\n    "
GENERATE = T + "import numpy as np\ndef generate(model, series, steps, held):\n    "
POUNDS, COMPARE = N + "def pounds(scaled, train):\n    ", N + "def compare(series, forecast):\n    "
MODEL = T + "class M(nn.Module):\n    def __init__(self, hidden):\n        super().__init__()\n        "
MAKE = "\ndef make_model(hidden):\n    return M(hidden)\n"

RIGHT = {
    "load": [
        LOAD + "return [float(line.split(',')[1]) for line in open(path).read().split()[1:]]\n" + SPLIT + "return series[:-held], series[-held:]",
        N + LOAD + "return np.loadtxt(path, delimiter=',', skiprows=1, usecols=1)\n" + SPLIT + "return np.split(np.asarray(series), [len(series) - held])",
        "import csv\n" + LOAD + "rows = list(csv.reader(open(path)))\n    return [int(float(row[1]) * 2) / 2 for row in rows[1:]]\n" + SPLIT + "n = len(series) - held\n    return series[:n], series[n:]",
        "import torch, csv\n" + LOAD + "return torch.tensor([float(r['pounds']) for r in csv.DictReader(open(path))])\n" + SPLIT + "return {'train': series[:-held], 'test': series[-held:]}.values()",
        N + LOAD + "t = np.genfromtxt(path, delimiter=',', names=True, dtype=None, encoding='utf-8')\n    return t['pounds']\n" + SPLIT + "a, b = [], []\n    for i, v in enumerate(series):\n        (a if i < len(series) - held else b).append(v)\n    return [a, b]",
    ],
    "scale": [
        SCALE + "f = lambda v: (v - train.min()) / np.ptp(train)\n    return f(train), f(test)",
        SCALE + "low, high = min(train), max(train)\n    return [[(v - low) / (high - low) for v in part] for part in (train, test)]",
        SCALE + "from sklearn.preprocessing import MinMaxScaler\n    s = MinMaxScaler()\n    return s.fit_transform(train.reshape(-1, 1)).ravel(), s.transform(test.reshape(-1, 1))[:, 0]",
        SCALE + "low, high = np.quantile(train, [0, 1])\n    return np.interp(train, [low, high], [0, 1]), (test - low) / (high - low)",
        SCALE + "import torch\n    a, b = torch.tensor(train), torch.tensor(test)\n    k = 1 / (a.max() - a.min())\n    return k * (a - a.min()), k * (b - a.min())",
    ],
    "window": [
        WINDOW + "both = series[start : start + steps + 1]\n    return both[:-1], both[1:]",
        WINDOW + "return series[start:][:steps], series[start + 1:][:steps]",
        WINDOW + "return [series[i] for i in range(start, start + steps)], [series[i + 1] for i in range(start, start + steps)]",
        N + WINDOW + "at = np.arange(steps) + start\n    return np.stack((series[at], series[at + 1]))",
        "import torch\n" + WINDOW + "s = torch.as_tensor(series)\n    return s.narrow(0, start, steps), s.narrow(0, start + 1, steps)",
        N + WINDOW + "v = np.lib.stride_tricks.sliding_window_view(series, steps)\n    return v[start], v[start + 1]",
    ],
    "batch": [
        BATCH + "k = series[:-held]\n    p = np.stack([k[i:i+steps+1] for i in range(len(k)-steps)])\n    return p[:, :-1, None], p[:, 1:, None]",
        BATCH + "v = np.lib.stride_tricks.sliding_window_view(series[:len(series)-held], steps)[..., None]\n    return v[:-1], v[1:]",
        BATCH + "n = len(series) - held - steps\n    at = np.arange(n)[:, None] + np.arange(steps)\n    return series[at].reshape(n, steps, 1), series[at + 1].reshape(n, steps, 1)",
        BATCH + "x, y = [], []\n    for i in range(len(series)):\n        if i + steps >= len(series) - held: break\n        x.append([[v] for v in series[i:i+steps]])\n        y.append([[v] for v in series[i+1:i+1+steps]])\n    return x, y",
        BATCH + "import torch\n    w = torch.tensor(series)[:-held].unfold(0, steps + 1, 1).unsqueeze(-1)\n    return w[:, :-1], w[:, 1:]",
    ],
    "model": [
        MODEL + "self.rnn, self.out = nn.LSTM(1, hidden, batch_first=True), nn.Linear(hidden, 1)\n    def forward(self, x):\n        return self.out(self.rnn(x)[0])" + MAKE,
        MODEL + "self.rnn, self.out = nn.GRU(1, hidden), nn.Linear(hidden, 1)\n    def forward(self, x):\n        return self.out(self.rnn(x.transpose(0, 1))[0]).transpose(0, 1)" + MAKE,
        MODEL + "self.cell, self.out = nn.GRUCell(1, hidden), nn.Linear(hidden, 1)\n    def forward(self, x):\n        h, y = None, []\n        for t in range(x.shape[1]):\n            h = self.cell(x[:, t], h)\n            y.append(self.out(h))\n        return torch.stack(y, 1)" + MAKE,
        MODEL + "self.rnn = nn.GRU(1, hidden, num_layers=2, dropout=0.2, batch_first=True)\n        self.head = nn.Sequential(nn.Linear(hidden, hidden), nn.ReLU(), nn.Linear(hidden, 1))\n    def forward(self, x):\n        states, last = self.rnn(x)\n        return self.head(states)" + MAKE,
        MODEL + "self.rnn = nn.LSTM(1, hidden, proj_size=1, batch_first=True)\n        self.scale = nn.Linear(1, 1)\n    def forward(self, x):\n        return x + self.scale(self.rnn(x)[0])" + MAKE,
        MODEL + "self.cell, self.out = nn.LSTMCell(1, hidden), nn.Linear(hidden, 1)\n    def forward(self, x):\n        state, found = None, []\n        for step in x.unbind(1):\n            state = self.cell(step, state)\n            found.append(self.out(state[0]))\n        return torch.stack(found, dim=1)" + MAKE,
        T + "class First(nn.Module):\n    def forward(self, both):\n        return both[0]\ndef make_model(hidden):\n    return nn.Sequential(nn.LSTM(1, hidden, batch_first=True), First(), nn.Linear(hidden, 1))",
        MODEL + "self.rnn, self.out = nn.RNN(1, hidden, batch_first=True), nn.Linear(hidden, 1)\n    def forward(self, x):\n        return self.out(self.rnn(x)[0])" + MAKE,
    ],
    "train": [
        TRAIN + "losses = []\n    for epoch in range(epochs):\n        model.zero_grad()\n        loss = ((model(inputs) - targets) ** 2).mean()\n        loss.backward()\n        optimiser.step()\n        losses.append(float(loss))\n    return losses",
        TRAIN + "losses, measure = [], nn.MSELoss()\n    model.train()\n    while len(losses) < epochs:\n        loss = measure(model(inputs), targets)\n        loss.backward()\n        optimiser.step()\n        optimiser.zero_grad(set_to_none=False)\n        losses.append(loss.detach().numpy())\n    return losses",
        TRAIN + "out = torch.empty(epochs)\n    for i in range(epochs):\n        loss = torch.square(targets - model(inputs)).sum() / targets.numel()\n        optimiser.zero_grad()\n        loss.backward()\n        out[i] = loss.item()\n        optimiser.step()\n    return out",
        TRAIN + "def closure():\n        optimiser.zero_grad()\n        loss = nn.functional.mse_loss(model(inputs), targets)\n        loss.backward()\n        return loss\n    return [optimiser.step(closure).item() for _ in range(epochs)]",
        TRAIN + "losses = []\n    for _ in range(epochs):\n        loss = (model(inputs) - targets).pow(2).mean()\n        weights = list(model.parameters())\n        for w, g in zip(weights, torch.autograd.grad(loss, weights)):\n            w.grad = g\n        optimiser.step()\n        losses += loss.detach().reshape(1).tolist()\n    return losses",
    ],
    "generate": [
        GENERATE + "w = torch.tensor(series[:-held], dtype=torch.float32)[-steps:].reshape(1, steps, 1)\n    for _ in range(held):\n        w = torch.cat((w, model(w[:, -steps:])[:, -1:]), dim=1)\n    return w[0, steps:, 0]",
        GENERATE + "from collections import deque\n    q = deque(series[-held-steps:-held], maxlen=steps)\n    out = []\n    for _ in range(held):\n        y = model(torch.FloatTensor(list(q)).view(1, steps, 1))[0][-1].item()\n        q.append(y)\n        out.append(y)\n    return out",
        GENERATE + "s = np.array(series, dtype=np.float32)\n    n = len(s) - held\n    s[n:] = np.nan\n    with torch.no_grad():\n        for i in range(n, len(s)):\n            s[i] = model(torch.from_numpy(s[None, i-steps:i, None]))[0, -1, 0]\n    return s[n:]",
        GENERATE + "out = []\n    for _ in range(held):\n        seen = np.concatenate((series[:-held], out))[-steps:].astype('float32')\n        out.append(model(torch.tensor(seen)[None, :, None]).squeeze()[-1].detach().numpy())\n    return np.array(out)",
        GENERATE + "def on(w, left):\n        if not left: return []\n        y = model(torch.tensor(w, dtype=torch.float32).view(1, -1, 1)).flatten()[-1].item()\n        return [y, *on([*w[1:], y], left - 1)]\n    return on(list(series[:-held][-steps:]), held)",
        GENERATE + "def windows():\n        w = np.asarray(series[:-held][-steps:], dtype='float32')\n        while True:\n            y = model(torch.from_numpy(w).reshape(1, steps, 1))[0, -1, 0].item()\n            yield y\n            w = np.roll(w, -1)\n            w[-1] = y\n    said = windows()\n    return [next(said) for _ in range(held)]",
    ],
    "pounds": [
        POUNDS + "return scaled * np.ptp(train) + train.min()",
        POUNDS + "low, high = sorted(train)[0], sorted(train)[-1]\n    return [(1 - v) * low + v * high for v in scaled]",
        POUNDS + "from sklearn.preprocessing import MinMaxScaler\n    return MinMaxScaler().fit(train[:, None]).inverse_transform(scaled[:, None]).ravel()",
        POUNDS + "a, b = min(train), max(train)\n    return a - scaled * (a - b)",
        POUNDS + "import torch\n    t = torch.tensor(train)\n    return torch.lerp(t.min(), t.max(), torch.tensor(scaled))",
    ],
    "compare": [
        COMPARE + "low, high = series[:-12].min(), series[:-12].max()\n    e = forecast * (high - low) + low - series[-12:]\n    return (e ** 2).mean() ** 0.5, ((series[-12:] - series[-24:-12]) ** 2).mean() ** 0.5",
        COMPARE + "t = series[:len(series) - 12]\n    f = [t.min() + v * np.ptp(t) for v in forecast]\n    r = lambda g: np.linalg.norm(np.subtract(g, series[-12:])) / np.sqrt(12)\n    return [r(f), r(t[-12:])]",
        COMPARE + "import math\n    s = list(series)\n    low, high = min(s[:-12]), max(s[:-12])\n    a = math.sqrt(sum((low + v * (high - low) - w) ** 2 for v, w in zip(forecast, s[-12:])) / 12)\n    return a, math.sqrt(sum((s[-i - 12] - s[-i]) ** 2 for i in range(1, 13)) / 12)",
        COMPARE + "span = np.ptp(series[:-12])\n    scaled = (series - series[:-12].min()) / span\n    r = lambda g: np.sqrt(np.mean((g - scaled[-12:]) ** 2)) * span\n    return r(forecast), r(scaled[-24:-12])",
        COMPARE + "from sklearn.metrics import mean_squared_error as mse\n    t = series[:-12]\n    return np.array([mse(series[-12:], forecast * np.ptp(t) + t.min()), mse(series[-12:], np.roll(series, 12)[-12:])]) ** 0.5",
        COMPARE + "t, y = series[:-12], series[-12:]\n    f = t.min() + forecast * np.ptp(t)\n    return np.linalg.norm(f - y, ord=2) / 12 ** 0.5, np.linalg.norm(t[-12:] - y) * 12 ** -0.5",
    ],
}  # fmt: skip
