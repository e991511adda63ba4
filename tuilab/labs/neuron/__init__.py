"""One recurrent neuron, unrolled over a sequence, stepped, edited and trained."""
