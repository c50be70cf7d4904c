"""A process in a job object: what is in it ends when its last handle is closed, also when driftcheck itself is ended.

https://learn.microsoft.com/windows/win32/procthread/job-objects
"""

from __future__ import annotations

import ctypes
import subprocess
from typing import Any

_EXTENDED_LIMITS, _KILL_ON_CLOSE = 9, 0x2000
_NEW_GROUP, _SUSPENDED = 0x200, 0x4


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (("basic", _Basic), ("io", ctypes.c_uint64 * 6), ("memory", ctypes.c_size_t * 4))


class Job:
    """A job whose processes end with it."""

    def __init__(self) -> None:
        self._kernel: Any = vars(ctypes)["WinDLL"]("kernel32", use_last_error=True)
        self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
        self._handle = ctypes.c_void_p(self._kernel.CreateJobObjectW(None, None))
        limits = _Extended()
        limits.basic.flags = _KILL_ON_CLOSE
        self._kernel.SetInformationJobObject(
            self._handle, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
        )

    def add(self, process: int) -> None:
        """Takes the process of this handle, and all that it starts from now on, into the job."""
        self._kernel.AssignProcessToJobObject(self._handle, ctypes.c_void_p(process))

    def close(self) -> None:
        """Ends everything in the job."""
        self._kernel.TerminateJobObject(self._handle, 1)
        self._kernel.CloseHandle(self._handle)


def start(words: list[str], **options: Any) -> tuple[subprocess.Popen[bytes], Job]:
    """Starts `words` within a job: suspended until it is in there, so that nothing is started outside."""
    job = Job()
    process = subprocess.Popen(words, creationflags=_NEW_GROUP | _SUSPENDED, **options)
    handle = int(vars(process)["_handle"])
    job.add(handle)
    vars(ctypes)["WinDLL"]("ntdll").NtResumeProcess(ctypes.c_void_p(handle))
    return process, job
