"""Data that ships with the program: examples, icons, fonts. Read it with `importlib.resources`."""
