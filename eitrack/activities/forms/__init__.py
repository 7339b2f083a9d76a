"""What several forms of this room share: fields, dates, clashes, and rules between fields."""
