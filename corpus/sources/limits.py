"""How much a run accepts from one source before it calls the source a problem. Only numbers, no behaviour."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes are in bytes. What is above a limit is named in a `SourceProblem`, never cut off."""

    document_bytes: int = 100 * MEGABYTE
    """One file, or one member of a container."""
    container_bytes: int = 8192 * MEGABYTE
    """One container on disk; it is read piece by piece, not into memory."""
    members: int = 200_000
    """Entries of one container."""
    unpacked_bytes: int = 16384 * MEGABYTE
    """Everything that one container on disk unpacks to, nested containers included."""
    ratio: int = 250
    """Unpacked to packed size of one member; deflated report pages stay below 30, a zip bomb reaches 1000."""
    ratio_floor: int = MEGABYTE
    """Members smaller than this are not judged by their ratio."""
    depth: int = 4
    """Containers inside containers."""


DEFAULT_LIMITS = Limits()
