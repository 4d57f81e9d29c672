"""What ``territory cube`` does: build, write with a progress bar, and say in a line what was written."""

from __future__ import annotations

from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from territory import cube
from territory.api import Timeline
from territory.cli.terminal import console, plain
from territory.errors import InputError

ENDINGS = (".zarr", ".nc")


def written(timeline: Timeline, path: Path, *, resolution_m: float, crs: str | None, days: str) -> str:
    """Write a cube as Zarr or NetCDF, as the ending of the path says; a sentence about it."""
    if path.suffix not in ENDINGS:
        raise InputError(f"{path} ends in neither {' nor '.join(ENDINGS)}, which say what to write; name it so.")
    try:
        data = cube.build(timeline, resolution_m, crs, days)
    except ValueError as error:  # of a size or a CRS that cannot be: here it comes from the command line
        raise InputError(str(error)) from None
    said = TextColumn("{task.description}", markup=False)
    with Progress(said, BarColumn(), TimeRemainingColumn(), console=console(stderr=True), transient=True) as bar:
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
