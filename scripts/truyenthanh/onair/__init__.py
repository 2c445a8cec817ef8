"""What an operator needs, made from the published files: packs, running order, sessions, logs, reports."""
