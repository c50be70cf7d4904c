"""The environment of an import: variables without which Python, or what finds the packages, does not start.

Each is named whole. A token has any name (`UV_PUBLISH_TOKEN`, `LC_API_KEY`), so nothing is passed on by how it begins.
"""

from __future__ import annotations

from collections.abc import Mapping

_PASSED = frozenset(
    """
    PATH HOME USER LOGNAME SHELL TZ TMPDIR TEMP TMP VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME
    LANG LANGUAGE LC_ALL LC_COLLATE LC_CTYPE LC_MESSAGES LC_MONETARY LC_NUMERIC LC_TIME
    LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH NIX_LD NIX_LD_LIBRARY_PATH SSL_CERT_FILE SSL_CERT_DIR
    SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES USERPROFILE USERNAME
    NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE
    XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME
    PYENV_ROOT PYENV_VERSION ASDF_DIR ASDF_DATA_DIR MISE_DATA_DIR MISE_CONFIG_DIR
    UV_CACHE_DIR UV_PYTHON UV_PYTHON_INSTALL_DIR UV_PROJECT_ENVIRONMENT UV_OFFLINE
    POETRY_HOME POETRY_CACHE_DIR POETRY_CONFIG_DIR POETRY_VIRTUALENVS_PATH POETRY_VIRTUALENVS_IN_PROJECT
    """.split()
)


def environment(ours: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What an import sees: what Python needs of `ours`, and what the config gives. Never a DATABASE_URL."""
    return {
        **{name: value for name, value in ours.items() if name.upper() in _PASSED},
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8:replace",
        "PYTHONUNBUFFERED": "1",
        **given,
    }
