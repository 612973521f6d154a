"""Typesetting of formulas: boxes, their layout, and painting them."""
