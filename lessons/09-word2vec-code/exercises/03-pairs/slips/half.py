"""The window is halved; it reaches `window` places to each side."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(max(0, place - window // 2), min(len(sentence), place + window // 2 + 1)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
