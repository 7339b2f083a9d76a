"""The project's own benchmark: our pages beside a floor, as ratios (SPEC.md part 7)."""
