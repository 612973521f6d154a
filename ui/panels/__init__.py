"""The panels at the sides of the window, one file for each."""
