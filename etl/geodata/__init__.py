"""The country's shape: boundaries, towns and squares as SCB has them, simplified and drawn."""
