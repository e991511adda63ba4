"""Exercises that a learner writes in Python: each check is run in a process of its own, within limits."""
