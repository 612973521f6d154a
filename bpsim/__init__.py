"""The engine of bpsim: layered networks, backpropagation in six phases, and stepping through it both ways."""

__version__ = "0.1.0"
