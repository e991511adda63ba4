"""The window crosses the ends of sentences: each sentence is to be gone through by itself."""


def pairs(sentences, window):
    found = []
    text = [word for sentence in sentences for word in sentence]
    for place, given in enumerate(text):
        for other in range(max(0, place - window), min(len(text), place + window + 1)):
            if other != place:
                found.append((given, text[other]))
    return found
