"""EITrack: early-intervention work, logged in seconds and reported in figures that suit it."""
