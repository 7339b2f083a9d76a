"""Files that come in: recognised, previewed, imported and taken back."""
