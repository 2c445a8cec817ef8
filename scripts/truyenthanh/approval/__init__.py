"""What may go on air: what an editor approved, and the approved version that stays on air meanwhile."""
