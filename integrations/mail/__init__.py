"""Mail: a post as bytes, and the way to a receiver."""
