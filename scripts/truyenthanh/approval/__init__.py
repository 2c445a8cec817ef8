"""What may go on air: what an editor approved, and approved versions that stay on air meanwhile."""
