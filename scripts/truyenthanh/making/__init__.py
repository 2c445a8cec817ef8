"""Making steps: in which process, and in which order."""
