"""What a learner takes home: of an experiment, of a run, and of all that they have done."""
