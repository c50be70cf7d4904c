"""The sources of a project that has no config."""
