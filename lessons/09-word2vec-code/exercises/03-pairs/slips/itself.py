"""The window counts the word itself: each is paired with itself too. Leave out its own place."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window), min(len(sentence), place + window + 1)):
                if True:
                    found.append((given, sentence[other]))
    return found
