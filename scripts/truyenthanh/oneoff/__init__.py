"""Single files outside any programme: a text spoken, a recording mastered."""
