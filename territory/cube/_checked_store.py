"""A Zarr store that serves only files of its manifest and checks the sha256 of each file that it reads."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Self

from zarr.storage import LocalStore, WrapperStore

from territory.cube.manifest import sha256
from territory.errors import CubeError

if TYPE_CHECKING:
    from zarr.abc.store import ByteRequest
    from zarr.core.buffer import Buffer, BufferPrototype


class CheckedStore(WrapperStore[LocalStore]):
    """A read-only Zarr folder limited to the files of its manifest; each is compared with its sha256 when read.

    Parameters
    ----------
    store : LocalStore
    digests : mapping of str to str
        sha256 by key.
    check : bool
        Whether to compare; without it files are read as they are.
    """

    def __init__(self, store: LocalStore, digests: Mapping[str, str], *, check: bool = True) -> None:
        super().__init__(store)
        self.digests, self.check = dict(digests), check

    def _with_store(self, store: LocalStore) -> Self:
        return type(self)(store, self.digests, check=self.check)

    async def get(self, key: str, prototype: BufferPrototype, byte_range: ByteRequest | None = None) -> Buffer | None:
        """Bytes of a file; the whole file is read and checked even for a byte range."""
        if key not in self.digests:
            return None
        if not self.check:
            return await self._store.get(key, prototype, byte_range)
        whole = await self._store.get(key, prototype)
        if whole is None or sha256(whole.to_bytes()) != self.digests[key]:
            fault = "is missing" if whole is None else "is not as it was written"
            raise CubeError(f"{self._store.root / key} {fault}: lost, altered or replaced since the cube was opened.")
        return whole if byte_range is None else await self._store.get(key, prototype, byte_range)

    async def list_dir(self, prefix: str) -> AsyncIterator[str]:
        """Names directly in a folder, according to the manifest."""
        inside = f"{prefix.rstrip('/')}/" if prefix else ""
        found = {key.removeprefix(inside).split("/")[0] for key in self.digests if key.startswith(inside)}
        for name in sorted(found):
            yield name
