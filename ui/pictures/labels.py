"""Where names stand in a picture: each beside its own spot, none over another, over a dot or outside."""

import numpy as np
import numpy.typing as npt

Float64 = npt.NDArray[np.float64]


def place_names(spots: Float64, sizes: Float64, away: float, taken: Float64, bounds: Float64) -> Float64:
    """A box (left, top, right, bottom) for each name, nan where no place beside its spot is free.

    First come, first served: `spots` and `sizes` (wide, tall) are in the order of importance. A name may
    stand to the right of its spot, to the left, above or below, `away` from it; `taken` boxes are kept free.
    """
    boxes = np.full((len(spots), 4), np.nan)
    for n, ((x, y), (wide, tall)) in enumerate(zip(spots.tolist(), sizes.tolist(), strict=True)):
        corners = (
            (x + away, y - tall / 2),
            (x - away - wide, y - tall / 2),
            (x - wide / 2, y - away - tall),
            (x - wide / 2, y + away),
        )
        for left, top in corners:
            box = np.array((left, top, left + wide, top + tall))
            if _inside(box, bounds) and not _touches(box, taken) and not _touches(box, boxes[:n]):
                boxes[n] = box
                break
    return boxes


def place_inside(spots: Float64, sizes: Float64) -> Float64:
    """A box in the middle of each spot, nan where an earlier name is in the way."""
    boxes = np.concatenate((spots - sizes / 2, spots + sizes / 2), axis=1)
    for n, box in enumerate(boxes.copy()):
        if _touches(box, boxes[:n]):
            boxes[n] = np.nan
    return boxes


def squares(spots: Float64, half: float) -> Float64:
    """Boxes around spots."""
    return np.concatenate((spots - half, spots + half), axis=1)


def _inside(box: Float64, bounds: Float64) -> bool:
    return bool((box[:2] >= bounds[:2]).all() and (box[2:] <= bounds[2:]).all())


def _touches(box: Float64, others: Float64) -> bool:
    """A comparison with nan is false: what has no place is in nobody's way."""
    over = (others[:, :2] < box[2:]) & (others[:, 2:] > box[:2])
    return bool(over.all(axis=1).any())
