"""Activation functions, their slopes, where they saturate, and the product of slopes through a stack of layers."""
