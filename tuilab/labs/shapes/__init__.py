"""One recurrent network used in four ways, each on a task that can be checked by looking."""
