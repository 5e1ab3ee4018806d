"""Stores, resolution, support, levels, attributes, history: everything the graph remembers."""
