"""Sessions that several workers recorded: finding, joining and separating them."""
