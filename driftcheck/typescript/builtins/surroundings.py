"""What a program finds around it when it runs: the process, its environment, the console. Little of it is known."""

from __future__ import annotations

from pathlib import Path

from ..runtime.places import Place
from ..runtime.values import UNDEFINED, CallSite, HostFunction, HostObject, Value


class RunTime(HostObject):
    """What only a run has: whatever is asked of it is Unknown."""

    def __init__(self, reason: str, type_of: str = "object", *, data: bool = True) -> None:
        self.reason = reason
        self.data = data
        self._type_of = type_of

    @property
    def type_of(self) -> str:
        return self._type_of

    def get(self, key: str, site: CallSite) -> Value:
        return site.unknown(self.reason, data=self.data)

    def call(self, arguments: list[Value], site: CallSite) -> Value:
        return site.evaluator.invoke(site.unknown(self.reason, data=self.data), UNDEFINED, arguments, Place.at(site))

    def to_string(self, site: CallSite) -> Value:
        return site.unknown(self.reason, data=self.data)


class EnvironmentVariables(RunTime):
    """`process.env`."""

    def get(self, key: str, site: CallSite) -> Value:
        return site.unknown(f"process.env.{key} is set at run time", data=True)


class Process(RunTime):
    def __init__(self, working_directory: Path | None) -> None:
        super().__init__("it is known at run time")
        self.working_directory = working_directory

    def get(self, key: str, site: CallSite) -> Value:
        if key == "cwd" and self.working_directory is not None:
            path = self.working_directory.as_posix()
            return HostFunction(lambda arguments, place: path, key)
        if key == "env":
            return EnvironmentVariables(self.reason)
        return site.unknown(f"process.{key} is known at run time", data=True)


class Console(HostObject):
    """Everything passed to it is ignored."""

    def get(self, key: str, site: CallSite) -> Value:
        return HostFunction(lambda arguments, place: UNDEFINED, key)
