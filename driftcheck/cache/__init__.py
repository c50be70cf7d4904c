"""What a check came to, kept until anything that it depends on changes.

While a check is made, every file it opens, every folder it lists and every question that it asks of the file system
is noted, here and in the project's own Python (`driftcheck.worker.inside.traces`). With the answer are kept the
contents of those files, the names in those folders and those answers (`inputs`), and the names of everything in the
project's tree (`tree`). The next check of the same request (`request_key`) is answered from the store only if all of
that is as it was.

Entries are believed if they carry a code that only this user's driftcheck can make (`store`). In doubt nothing is kept:
it is better to be slow than stale.
"""

from .key import request_key
from .remember import Memory

__all__ = ["Memory", "request_key"]
