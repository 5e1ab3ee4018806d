"""The vocabulary and the values that pass between the rooms of Marquee. Standard library only."""
