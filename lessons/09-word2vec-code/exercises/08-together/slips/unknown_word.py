"""A word that occurs too seldom is not in the vocabulary and has no id: leave it out where words become ids."""

import numpy as np
from noise import draw, noise
from pairs import pairs
from subsampling import keep, thin
from training import train
from update import update
from vocabulary import vocabulary


def word2vec(sentences, least, threshold, window, negatives, dimensions, rate, epochs):
    words, counts = vocabulary(sentences, least)
    index = {word: place for place, word in enumerate(words)}
    chances, noisy = keep(counts, threshold), noise(counts)

    thinned = []
    for sentence in sentences:
        ids = [index[word] for word in sentence]
        thinned.append(thin(ids, chances, np.random.random(len(ids))))

    vectors = (np.random.random((len(words), dimensions)) - 0.5) / dimensions
    outputs = np.zeros((len(words), dimensions))

    def draw_noise():
        return draw(noisy, np.random.random(negatives))

    def step(given, context, drawn, rate):
        update(vectors, outputs, given, context, drawn, rate)

    train(pairs(thinned, window), epochs, rate, draw_noise, step)
    return words, vectors
