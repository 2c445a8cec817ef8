"""Why something is rebuilt, where a file comes from, and what a build did."""
