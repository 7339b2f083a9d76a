"""Questions on printed figures: asked by the office, answered by managers."""
