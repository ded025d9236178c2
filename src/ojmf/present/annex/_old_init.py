"""The comparison table: Öppna jämförelser as the municipality prints it, in every format."""
