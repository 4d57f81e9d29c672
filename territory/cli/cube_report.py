"""Build and write a cube with a progress bar, for ``territory cube``."""

from __future__ import annotations

from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from territory import cube
from territory.api import Timeline
from territory.cli.terminal import console, plain
from territory.errors import InputError

_SUFFIXES = (".zarr", ".nc")


def write_cube(timeline: Timeline, path: Path, *, resolution_m: float, crs: str | None, days: str) -> str:
    """Write a cube as Zarr or NetCDF, by the suffix of the path.

    Parameters
    ----------
    timeline : Timeline
    path : Path
        X.zarr or X.nc.
    resolution_m : float
        Width of a pixel, m.
    crs : str or None
        Projected system in metres; None for an equal-area one.
    days : {"daily", "changes"}

    Returns
    -------
    str
        A sentence about what was written.

    Raises
    ------
    InputError
        Where the suffix is another one, or no cube of this resolution or CRS can be made.
    """
    if path.suffix not in _SUFFIXES:
        raise InputError(
            f"{path} ends in neither {' nor '.join(_SUFFIXES)}; the suffix says what to write, so add one."
        )
    try:
        data = cube.build(timeline, resolution_m, crs, days)
    except ValueError as error:  # a resolution or CRS from the command line that cannot be used
        raise InputError(str(error)) from None
    description = TextColumn("{task.description}", markup=False)
    with Progress(description, BarColumn(), TimeRemainingColumn(), console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Writing {plain(path)}", total=None)
        if path.suffix == ".nc":
            cube.to_netcdf(data, path)
        else:
            cube.to_zarr(data, path, progress=lambda done, of: bar.update(task, completed=done, total=of))
    bytes_ = path.stat().st_size if path.is_file() else sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
    sizes = data.sizes
    text = (
        f"{path}: {timeline.campaign.title}, {sizes['time']} days of {sizes['x']} x {sizes['y']} pixels of "
        f"{resolution_m:g} m, {bytes_ / 1000:,.0f} kB."
    )
    if lost := data.attrs["cells_without_pixel"]:
        lost_km2 = data.attrs["km2_without_pixel"]
        text += f" {lost} cells, {lost_km2:,.1f} km2 in all, hold no pixel's centre and are not in it."
    return text
