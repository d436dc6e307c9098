"""What kinds exist: entity types with their canonical forms, link types, states, detection."""
