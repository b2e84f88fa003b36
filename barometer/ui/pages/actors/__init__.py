"""The actors page's parts: what it reads, its words and sections."""
