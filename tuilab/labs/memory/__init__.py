"""Recall a symbol seen T steps ago: where RNN, LSTM and GRU break, and how far back the gradient reaches."""
