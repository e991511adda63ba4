"""The glossary in plain lines."""


def test_a_term_is_said_anywhere(talk) -> None:
    for place in ({}, {"lesson": 5}, {"lab": "neuron"}):
        said = talk("glossary forget gate", "l C", "glossary zebra", "glossary", **place).replace("\n  ", " ")
        assert "forget gate, f: How much of the cell state stays. (lesson 5, The forget gate; lab cell)" in said
        assert "C, cell state: The cell state of an LSTM" in said
        assert "The glossary has no 'zebra'; glossary alone lists all that it has." in said
        assert "says what it means: t, x, target" in said.replace("\n", " ")
