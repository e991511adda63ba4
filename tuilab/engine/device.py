"""Where the arithmetic is done."""

import torch


def device(wanted: str) -> torch.device:
    """The processor, or, for `auto`, a GPU where there is one."""
    return torch.device("cuda" if wanted == "auto" and torch.cuda.is_available() else "cpu")
