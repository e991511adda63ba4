"""Word2vec: vocabulary, pairs, the readable update, the fast trainer, looking up."""
