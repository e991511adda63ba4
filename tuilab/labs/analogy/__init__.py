"""Sums and differences of words, and how parallel the directions of pairs are."""
