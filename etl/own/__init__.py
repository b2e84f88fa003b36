"""What an operator adds: own areas, own divisions and own figures."""
