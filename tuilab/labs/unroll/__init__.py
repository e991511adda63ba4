"""A recurrent layer, stepped through time with every number readable and editable."""
