"""The parts of the One step page."""
