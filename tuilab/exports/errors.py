"""What can go wrong when something is taken home."""


class ExportError(ValueError):
    """Something that cannot be taken home; the text is one sentence for the learner."""
