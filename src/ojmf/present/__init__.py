"""Present: frames to text, tables and files that people and programs read."""
