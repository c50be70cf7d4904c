"""What a check came to, kept until anything that it depends on changes.

While a check is made, every file it opens and every folder it lists is noted, here and in the project's own Python
(`watch`). With the answer are kept the contents of those files and the names in those folders (`inputs`), and the
names of everything in the project's tree (`tree`): looking for a file that is not there leaves no trace. The next
check of the same request (`request_key`) is answered from the store only if all of that is as it was.

In doubt nothing is kept: it is better to be slow than stale.
"""

from .key import request_key
from .remember import Memory
from .watch import doubt, heard

__all__ = ["Memory", "doubt", "heard", "request_key"]
