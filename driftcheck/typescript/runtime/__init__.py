"""Values and what can be done with them: properties, operators, conversions, calls, limits."""
