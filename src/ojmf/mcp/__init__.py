"""Figures for assistants: a Model Context Protocol server whose every answer can be looked up.

``answers`` says what an answer holds, ``figures`` and ``lookup`` make answers of a workspace, and
``server`` offers them as tools. Nothing is computed here and nothing in the workspace is written.
"""
