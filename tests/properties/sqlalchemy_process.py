"""The worker that asks SQLAlchemy, kept alive: one module for each line on standard input, one JSON answer each.

All that is left out of the real run is the process: loading, looking for metadata and describing it are the worker's.
"""

import contextlib
import importlib
import importlib.util
import json
import sys

FOLDER, ROOT = sys.argv[1:3]


def load_worker():
    spec = importlib.util.spec_from_file_location(
        "_driftcheck_worker", FOLDER + "/__init__.py", submodule_search_locations=[FOLDER]
    )
    package = importlib.util.module_from_spec(spec)
    sys.modules["_driftcheck_worker"] = package
    spec.loader.exec_module(package)
    return [importlib.import_module("_driftcheck_worker." + name)
            for name in ("loading", "sites", "metadata", "describe", "trouble")]  # fmt: skip


def main():
    loading, sites, metadata, describe, trouble = load_worker()
    loading.preload()
    import sqlalchemy

    sys.path.insert(0, ROOT)
    sites.watch([ROOT])
    request = {"roots": [ROOT]}
    answers = sys.stdout
    for line in sys.stdin:
        path = line.strip()
        name = path.rpartition("/")[2].removesuffix(".py")
        try:
            with contextlib.redirect_stdout(sys.stderr):
                module = loading.import_module(name, path)
                document = describe.describe(metadata.find([module], None), request)
        except trouble.Trouble as error:
            document = {"error": error.document}
        document["sqlalchemy"] = sqlalchemy.__version__
        answers.write(json.dumps(document) + "\n")
        answers.flush()
        sys.modules.pop(name, None)
        sites._SITES.clear()


main()
