"""Series: their plan, who delivers them, and the records of their sessions."""
