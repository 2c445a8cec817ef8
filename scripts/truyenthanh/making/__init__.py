"""Steps are made: by which process, in which order."""
