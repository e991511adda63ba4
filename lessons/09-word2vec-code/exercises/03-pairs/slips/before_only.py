"""Only words before the given one are taken; those after it are its context too."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window), place):
                if other != place:
                    found.append((given, sentence[other]))
    return found
