"""Small texts: words that occur equally often, stand in another order than the alphabet's, and twice in a sentence."""

from tuilab.exercises.probing import parts

DOG = ["the dog chews the bone", "a dog barks", "the cat sleeps", "a bone"]
TIES = ["zebra yak zebra", "yak ox ant", "ant ox", "bee"]


def _found(vocabulary, text, least):
    found = parts(vocabulary([line.split() for line in text], least), "the words", "their counts")
    return {"the words": " ".join(map(str, found["the words"])), "their counts": found["their counts"]}


def probe_dog(vocabulary):
    """vocabulary(the dog chews the bone, a dog barks, ..., least=2)"""
    return _found(vocabulary, DOG, 2)


def probe_all(vocabulary):
    """vocabulary(the dog chews the bone, a dog barks, ..., least=1)"""
    return _found(vocabulary, DOG, 1)


def probe_ties(vocabulary):
    """vocabulary(zebra yak zebra, yak ox ant, ..., least=2)"""
    return _found(vocabulary, TIES, 2)
