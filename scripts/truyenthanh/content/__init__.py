"""What editors write, read into records: every value knows its file, line and field."""
