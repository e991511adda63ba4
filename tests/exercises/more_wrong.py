"""Further slips that a newcomer made, each written in three ways: the exercise, a part of its sentence, the code."""

from tests.exercises.wrong import BATCH, COMPARE, PIECES, TRAIN, WINDOW, N, T

SPLIT = "\ndef split(series, held):\n    return series[:-held], series[-held:]"
EPOCHS = (
    TRAIN
    + "    for _ in range(epochs):\n        optimiser.zero_grad()\n        {}\n        loss.backward()\n        optimiser.step()\n        losses.append({})\n    return {}"
)
GENERATE = (
    T
    + N
    + "def generate(model, series, steps, held):\n    known, out = list(series[:-held]), []\n    w = known[-steps:]\n    for _ in range(held):\n        "
)
POUNDS = N + "def pounds(scaled, train):\n    "
FORECAST = "low + forecast * span"

TEXT, PLACE, ONE = (
    ("load", "are still texts"),
    ("window", "The window's end is `steps` alone"),
    ("window", "are one value"),
)
TURNED, ONE_EACH = ("batch", "Inputs and targets are swapped"), ("batch", "Each window has one target")
TIMES, AGAINST, TENSORS = (
    ("train", "multiplied by two"),
    ("train", "against the inputs"),
    ("train", "The losses are tensors"),
)
GROWS, ALL, SHAPE = (
    ("generate", "The window grows"),
    ("generate", "The seed is all"),
    ("generate", "is swapped: it is (1, steps, 1)"),
)
FRONT, LOW = ("generate", "put in front of the window"), ("pounds", "The smallest is multiplied too")
SAME, OF_SCALED = ("pounds", "as they were, still scaled"), ("pounds", "smallest and the largest of `scaled` are taken")
SUM, DECEMBER, TWICE = ("compare", "are summed"), ("compare", "The last month before"), ("compare", "multiplied by two")

FOUND = [
    (*TEXT, "import csv\ndef load(path):\n    return [row[1] for row in csv.reader(open(path))][1:]" + SPLIT),
    (*TEXT, "def load(path):\n    return [line.split(',')[1] for line in list(open(path))[1:]]" + SPLIT),
    (*TEXT, N + "def load(path):\n    return np.loadtxt(path, delimiter=',', skiprows=1, usecols=1, dtype=str)" + SPLIT),
    (*PLACE, WINDOW + "return series[start:steps], series[start + 1:steps + 1]"),
    (*PLACE, WINDOW + "return series[start:steps], series[start + 1:start + 1 + steps]"),
    (*PLACE, WINDOW + "both = series[start : steps + 1]\n    return both[:-1], both[1:]"),
    (*ONE, WINDOW + "return series[start:start + steps], series[start + steps]"),
    (*ONE, WINDOW + "return series[start:][:steps], series[start:][steps:steps + 1]"),
    (*ONE, WINDOW + "end = start + steps\n    return list(series[start:end]), float(series[end])"),
    (*TURNED, BATCH + PIECES + "return p[:, 1:], p[:, :-1]"),
    (*TURNED, BATCH + PIECES + "y, x = p[:, :-1], p[:, 1:]\n    return x, y"),
    (*TURNED, BATCH + "v = np.lib.stride_tricks.sliding_window_view(series[:-held], steps)[:, :, None]\n    return v[1:], v[:-1]"),
    (*ONE_EACH, BATCH + PIECES + "return p[:, :-1], p[:, -1:]"),
    (*ONE_EACH, BATCH + PIECES + "return p[:, :-1], p[:, -1]"),
    (*ONE_EACH, BATCH + PIECES + "return p[:, :-1], known[steps:]"),
    (*TIMES, EPOCHS.format("loss = ((model(inputs) - targets) * 2).mean()", "loss.item()", "losses")),
    (*TIMES, EPOCHS.format("loss = torch.mean(2 * (targets - model(inputs)))", "float(loss)", "losses")),
    (*TIMES, EPOCHS.format("error = model(inputs) - targets\n        loss = (error * 2).sum() / error.numel()", "loss", "losses")),
    (*AGAINST, EPOCHS.format("loss = nn.functional.mse_loss(model(inputs), inputs)", "loss.item()", "losses")),
    (*AGAINST, EPOCHS.format("loss = nn.MSELoss()(inputs, model(inputs))", "loss.item()", "losses")),
    (*AGAINST, EPOCHS.format("targets = inputs\n        loss = ((model(inputs) - targets) ** 2).mean()", "loss.detach()", "losses")),
    (*TENSORS, EPOCHS.format("loss = nn.functional.mse_loss(model(inputs), targets)", "loss", "losses")),
    (*TENSORS, EPOCHS.format("loss = nn.functional.mse_loss(model(inputs), targets)", "loss.detach()", "losses")),
    (*TENSORS, EPOCHS.format("loss = nn.functional.mse_loss(model(inputs), targets)", "loss", "torch.stack(losses)")),
    (*GROWS, GENERATE + "y = model(torch.tensor(w).float().view(1, -1, 1))[0, -1].item()\n        w = w + [y]\n    return w[-held:]"),
    (*GROWS, GENERATE + "w.append(float(model(torch.FloatTensor(w)[None, :, None])[0, -1, 0]))\n    return w[steps:]"),
    (*GROWS, GENERATE + "x = torch.tensor(np.concatenate((w, out)), dtype=torch.float32).reshape(1, -1, 1)\n        out.append(model(x).flatten()[-1].item())\n    return out"),
    (*ALL, GENERATE + "y = model(torch.tensor(known).float().view(1, -1, 1))[0, -1].item()\n        known = known[1:] + [y]\n        out.append(y)\n    return out"),
    (*ALL, GENERATE + "x = torch.FloatTensor(known)[None, :, None]\n        known.append(model(x)[0, -1, 0].item())\n    return known[-held:]"),
    (*ALL, GENERATE + "seen = np.append(series[:-held], out)\n        out.append(model(torch.tensor(seen, dtype=torch.float32).reshape(1, -1, 1))[0, -1, 0].item())\n    return out"),
    (*SHAPE, GENERATE + "w.append(model(torch.tensor(w[-steps:]).float().view(steps, 1, 1))[-1].item())\n    return w[steps:]"),
    (*SHAPE, GENERATE + "w.append(model(torch.FloatTensor(w[-steps:])[:, None, None])[0, -1, 0].item())\n    return w[steps:]"),
    (*SHAPE, GENERATE + "w.append(model(torch.FloatTensor([[w[-steps:]]]))[0, 0, -1].item())\n    return w[steps:]"),
    (*FRONT, GENERATE + "y = model(torch.tensor(w).float().view(1, -1, 1))[0, -1].item()\n        w = [y] + w[:-1]\n        out.append(y)\n    return out"),
    (*FRONT, GENERATE + "w.insert(0, model(torch.FloatTensor(w)[None, :, None])[0, -1, 0].item())\n        w.pop()\n        out += w[:1]\n    return out"),
    (*FRONT, GENERATE + "y = model(torch.tensor(w[:steps]).float().view(1, -1, 1))[0, -1].item()\n        w = [y] + w\n    return w[:held]"),
    (*LOW, POUNDS + "lo, hi = train.min(), train.max()\n    return lo * scaled * (hi - lo)"),
    (*LOW, POUNDS + "return np.ptp(train) * scaled * min(train)"),
    (*LOW, POUNDS + "return [(max(train) - min(train)) * min(train) * v for v in scaled]"),
    (*SAME, POUNDS + "return scaled"),
    (*SAME, POUNDS + "lo, hi = train.min(), train.max()\n    lo + scaled * (hi - lo)\n    return scaled"),
    (*SAME, POUNDS + "for v in scaled:\n        v = min(train) + v * np.ptp(train)\n    return list(scaled)"),
    (*OF_SCALED, POUNDS + "lo, hi = scaled.min(), scaled.max()\n    return lo + scaled * (hi - lo)"),
    (*OF_SCALED, POUNDS + "return scaled * np.ptp(scaled) + min(scaled)"),
    (*OF_SCALED, POUNDS + "train = sorted(scaled)\n    return [train[0] + v * (train[-1] - train[0]) for v in scaled]"),
    (*SUM, COMPARE + f"return np.sqrt(np.sum(({FORECAST} - truth) ** 2)), np.sqrt(np.sum((series[-24:-12] - truth) ** 2))"),
    (*SUM, COMPARE + f"return np.linalg.norm({FORECAST} - truth), np.linalg.norm(series[-24:-12] - truth)"),
    (*SUM, COMPARE + f"return [sum((a - b) ** 2 for a, b in zip(g, truth)) ** 0.5 for g in ({FORECAST}, series[-24:-12])]"),
    (*DECEMBER, COMPARE + f"r = lambda g: np.sqrt(np.mean((g - truth) ** 2))\n    return r({FORECAST}), r(train[-1])"),
    (*DECEMBER, COMPARE + f"r = lambda g: np.sqrt(np.mean((g - truth) ** 2))\n    return r({FORECAST}), r(np.full(12, series[-13]))"),
    (*DECEMBER, COMPARE + f"r = lambda g: np.linalg.norm(truth - g) / 12 ** 0.5\n    return r({FORECAST}), r([series[:-12][-1]] * 12)"),
    (*TWICE, COMPARE + f"return np.sqrt(np.mean(({FORECAST} - truth) * 2)), np.sqrt(np.mean((series[-24:-12] - truth) * 2))"),
    (*TWICE, COMPARE + f"r = lambda g: np.mean((truth - g) * 2) ** 0.5\n    return r({FORECAST}), r(series[-24:-12])"),
    (*TWICE, COMPARE + f"return np.sqrt(np.mean(2 * ({FORECAST} - truth))), naive"),
]  # fmt: skip
