"""What the engine writes for other programs: worked solutions and tables of numbers."""
