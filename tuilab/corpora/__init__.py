"""Text to train words on: a corpus gives sentences of words, streamed, and what its vectors can be held against."""
