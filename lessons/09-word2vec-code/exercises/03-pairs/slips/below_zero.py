"""The window goes round: a place below 0 is one from the end of the sentence. Begin at `max(0, place - window)`."""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            for other in range(place - window, min(len(sentence), place + window + 1)):
                if other != place:
                    found.append((given, sentence[other]))
    return found
