"""Each cell over a whole sequence, with few operations: what trains. `tuilab.engine.cells` is what it must agree with.

A tape is the memory of one pass: every step forwards is written on it, and read from it on the way back.
"""
