"""The sources of a project that has no config: found by looking around, said, and written down by `init`.

Nothing of the project is run or imported.
"""

from .found import Discovery, Found
from .init import InitFile, init_text, plan_init, write_init
from .look import discover

__all__ = ["Discovery", "Found", "InitFile", "discover", "init_text", "plan_init", "write_init"]
