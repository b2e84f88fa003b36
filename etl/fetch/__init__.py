"""What the catalogue needs of SCB's tables: planned, asked for, kept as received, and read."""
