"""The cells: each with one time step forwards and, derived by hand, one backwards.

These are written to be read beside the equations, and are what the fast path over time (tuilab.engine.tapes) is
checked against. x is (batch, inputs), states are (batch, hidden); weights have torch's layout, `weight_ih`
(gates·hidden, inputs) and `weight_hh` (gates·hidden, hidden), with both biases kept apart, so that they go to and from
torch.nn unchanged.
"""
