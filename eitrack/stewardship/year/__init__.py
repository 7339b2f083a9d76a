"""Terms, the settings of a district, and what is missing for the year to come."""
