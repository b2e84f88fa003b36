"""Scripts to begin with: run them as they are, or copy them into a notebook."""
