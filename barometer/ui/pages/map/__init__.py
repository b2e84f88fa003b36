"""The map page: its state, what the browser is sent, its controls, its key and its drawer."""
