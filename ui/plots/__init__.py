"""Plots. Importing them imports pyqtgraph, which takes longer than showing the window: do it after that."""
