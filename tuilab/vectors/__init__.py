"""Word vectors in files: read from the formats that are in use, converted once, then mapped into memory."""
