"""A network deep in layers or in time, the gradient of each of them while it trains, and switches thrown meanwhile."""
