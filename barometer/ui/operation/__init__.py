"""What the pages for whoever runs the site are made of."""
