"""A learner's own table as a time series: read, its dates understood, what is amiss said with row and column."""
