"""From a drawing or a photo to the 28 x 28 image that MNIST would hold, and how far to trust it."""
