"""The pairs that skip-gram learns from."""


def pairs(sentences, window):
    """Pairs (given, context) of all sentences."""
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window), min(len(sentence), place + window + 1)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
