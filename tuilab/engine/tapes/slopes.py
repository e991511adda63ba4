"""Slopes of sigma and tanh from what came out of them, written where they are wanted."""

import torch

sigma_back = torch.ops.aten.sigmoid_backward.grad_input
"""sigma_back(d, s, grad_input=to): d·s·(1-s)."""
tanh_back = torch.ops.aten.tanh_backward.grad_input
"""tanh_back(d, t, grad_input=to): d·(1-t²)."""
