"""The segregation page's parts: what it reads, its words, figures and sections."""
