"""Files on their way into a workspace: what they become, whether that holds, and revisions."""
