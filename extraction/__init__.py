"""Records and texts in, claims with evidence out."""
