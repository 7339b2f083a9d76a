"""People, places and formal work from one workbook."""
