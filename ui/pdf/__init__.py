"""A worked solution as a PDF with typeset formulas."""
