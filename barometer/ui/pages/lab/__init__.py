"""The statistics lab's parts: what it reads, its words, figures, table and presets."""
