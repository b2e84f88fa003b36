"""What every page is made of: its record, its state, its sections and its address."""
