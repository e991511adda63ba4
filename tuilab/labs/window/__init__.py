"""What skip-gram and CBOW make of a sentence: a window, its pairs, and what subsampling leaves out."""
