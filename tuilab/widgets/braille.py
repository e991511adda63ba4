"""The dots of a Braille character, two across and four up: BLANK plus the bits of those that are set."""

BLANK = 0x2800
BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # by row, from above, and column
ACROSS, UP = len(BITS[0]), len(BITS)
