"""What can be seen in a trained network: its neurons, its mistakes, the signals that pass through it."""
