"""SCB's statistical database over its open API (PxWebApi 2): answers to observations."""
