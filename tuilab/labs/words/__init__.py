"""The words lab: word2vec trained on a text, live."""
