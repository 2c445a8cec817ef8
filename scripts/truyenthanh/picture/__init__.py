"""A sound file as a picture: laid out once, drawn as PNG or as SVG."""
