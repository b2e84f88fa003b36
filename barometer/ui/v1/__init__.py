"""The API: `/api/v1`, made of the registry of tables."""
