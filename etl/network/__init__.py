"""How anything is asked over the network: paced, retried, and bounded in size and time."""
