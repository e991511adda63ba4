"""A series of points of a wave, random windows of it where they lie, and the batch that they make."""
