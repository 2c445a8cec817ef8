"""What an operator needs, from what is published: packs, running order, session files, logs, reports."""
