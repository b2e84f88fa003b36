"""From what was received to a candidate snapshot, table by table."""
