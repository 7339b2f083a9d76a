"""Figures drawn as accessible SVG, each with its table."""
