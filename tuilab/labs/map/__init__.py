"""The map lab: words as points in two dimensions, and how true that picture is."""
