"""What the learner did, in plain files in the system's own folders for such things."""
