"""What python -m fcnn does: train a network, say how good one is, ask one about pictures. NumPy alone, and no clock."""
