"""The script that the project's interpreter runs: `python start.py REQUEST`, REQUEST being JSON.

Written so that even Python 2 gets as far as saying that it is too old.
"""

import gc
import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing  # noqa: F401 # for the type comments below

PACKAGE = "_driftcheck_worker"
OLDEST = (3, 9)


def refuse_old_python(request):
    # type: (dict[str, typing.Any]) -> None
    version = ".".join(str(number) for number in sys.version_info[:2])
    document = {"error": {"kind": "old-python", "message": version}}
    text = json.dumps(document).encode("ascii")
    frame = str(len(text)).encode("ascii") + b"\n" + text
    if request.get("file"):
        with open(request["file"], "wb") as stream:
            stream.write(frame)
    else:
        os.write(request["descriptor"], frame)


def main():
    # type: () -> None
    gc.disable()  # classes and tables live to the end: looking for garbage would slow their import down by a sixth
    folder = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry or os.curdir) != folder]
    request = json.loads(sys.argv[1])
    sys.argv[:] = ["driftcheck"]
    if sys.version_info[:2] < OLDEST:
        refuse_old_python(request)
        return
    import importlib.util

    location = os.path.join(folder, "__init__.py")
    spec = importlib.util.spec_from_file_location(PACKAGE, location, submodule_search_locations=[folder])
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[PACKAGE] = package
    spec.loader.exec_module(package)
    importlib.import_module(PACKAGE + ".job").run(request)


if __name__ == "__main__":
    main()
