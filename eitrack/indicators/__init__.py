"""Every figure: its definition, its calculation, disclosure control, the catalogue."""
