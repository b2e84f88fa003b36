"""The place profile: one place in numbers and words, on screen and on paper."""
