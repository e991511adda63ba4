"""Counts whose probabilities are below 1 and above it before they are cut, and a sentence with its draws."""

import numpy as np

from tuilab.exercises.probing import items


def probe_keep(keep):
    """keep([500, 300, 150, 40, 10], threshold=0.02)"""
    return {"the probabilities": keep(np.array([500, 300, 150, 40, 10]), 0.02)}


def probe_rare(keep):
    """keep([90, 9, 1], threshold=0.001)"""
    return {"the probabilities": keep(np.array([90, 9, 1]), 0.001)}


def probe_thin(thin):
    """thin([2, 0, 1, 0, 2, 1], chances=[0.2, 0.6, 0.9], draws=[0.8, 0.1, 0.7, 0.3, 0.95, 0.5])"""
    left = thin([2, 0, 1, 0, 2, 1], np.array([0.2, 0.6, 0.9]), np.array([0.8, 0.1, 0.7, 0.3, 0.95, 0.5]))
    return {"what stays": np.array(items(left), dtype=float)}


def probe_none(thin):
    """thin([0, 0], chances=[0.1], draws=[0.5, 0.6])"""
    return {"how many stay": len(items(thin([0, 0], np.array([0.1]), np.array([0.5, 0.6]))))}
