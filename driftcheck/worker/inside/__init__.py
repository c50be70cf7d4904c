"""What runs inside the project's own interpreter and reads its SQLAlchemy metadata.

Standard library and the project's SQLAlchemy (1.4, 2.0, 2.1) only, in the syntax of Python 3.9. Nothing of the rest of
driftcheck is imported here: `start.py` loads this folder as a package of a private name, so that no module of a
project can clash with it and none of its own can shadow a project's.
"""
