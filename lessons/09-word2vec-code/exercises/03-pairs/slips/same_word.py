"""Words that are the same are left out, wherever they stand; only the word's own place is to be, so compare places."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window), min(len(sentence), place + window + 1)):
                if sentence[other] != given:
                    found.append((given, sentence[other]))
    return found
