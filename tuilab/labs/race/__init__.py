"""RNN, LSTM, peephole LSTM and GRU on the same batches from the same seed, with a fair handicap to choose."""
