"""The kinds of steps: what one is made of, how it is made, and what is said of it. One file per kind."""
