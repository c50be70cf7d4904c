"""`python -m driftcheck`. What it is started in is not on the path any more (see `driftcheck/__init__.py`)."""

from .cli import main

if __name__ == "__main__":
    main()
