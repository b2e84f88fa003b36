"""The area-type page's parts: what it reads, its words, figures and sections."""
