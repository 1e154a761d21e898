"""The spec language: what a coordinator may write, and how it is read."""
