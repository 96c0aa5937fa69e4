"""Our own components, each with its script and style beside it."""
