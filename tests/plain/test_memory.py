"""The labs of vanishing gradients in plain mode."""


def test_activations_write_their_slopes_out(talk):
    said = talk("why", "why swish", "set x=2 function=relu", "code", lab="activations x=0")
    assert "0.5·(1 − 0.5) = 0.25, 100 % of its largest" in " ".join(said.split())
    assert "swish is not shown; write why, or why and one of sigmoid." in " ".join(said.split())
    assert "torch.relu" in said and "Traceback" not in said


def test_memory_tells_who_recalls(talk):
    said = talk("train", "code", lab="memory ago=1,2 hidden=4 batch=4 steps=20")
    assert "T=2: gradient at the symbol, the last step's is 1: RNN" in " ".join(said.split())
    assert "guessing gives 12.5 %" in " ".join(said.split()) and "nn.LSTM, 4" in said
