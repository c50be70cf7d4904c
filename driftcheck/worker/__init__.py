"""The project's own Python, run in a process of its own: which one, where its modules are, how it is run and ended.

`inside/` is what runs in that interpreter. Importing a project runs its code: the guards stop accidents, they are no
sandbox.
"""
