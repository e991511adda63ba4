"""Which words are near to a word, how alike two are, and which of several is the odd one out."""
