"""Listor: three official lists told apart, and areas by the reader's own limits."""
