"""Content becomes a plan of steps. Nothing is made here."""
