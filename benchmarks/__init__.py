"""How fast it is, told as ratios of what was measured side by side."""
