"""Files as they are: text in any common encoding, and workbooks."""
