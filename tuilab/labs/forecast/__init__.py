"""A recurrent network that learns to say a series one step ahead, live, and then generates."""
