"""Only words after the given one are taken; those before it are its context too."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(place + 1, min(len(sentence), place + window + 1)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
