"""What every figure is made of: indicator, scope, breakdowns, records, parts, and their words."""
