"""The workspace for others' systems: a catalogue entry, statistical cubes, imports and queries."""
