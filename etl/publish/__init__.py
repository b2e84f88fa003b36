"""A candidate is checked and compared, sealed and pointed to, or refused."""
