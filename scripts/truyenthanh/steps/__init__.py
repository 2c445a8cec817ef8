"""The kinds of steps, one file each: settings, inputs, the function that makes it, and its messages."""
