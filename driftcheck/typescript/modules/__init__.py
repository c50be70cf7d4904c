"""Modules: which file an import means, and what each file exports."""
