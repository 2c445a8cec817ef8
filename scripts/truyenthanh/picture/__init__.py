"""A sound file as a picture, for people who would rather look: laid out once, drawn as PNG or as SVG."""
