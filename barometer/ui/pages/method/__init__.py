"""The parts of the page Data och metod; all but the long texts made of catalogue and snapshot."""
