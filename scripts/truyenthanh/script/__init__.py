"""What is said: the points as their document words them, cut into sections of utterances."""
