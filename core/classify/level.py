"""How much the person wants hidden."""

from enum import Enum


class Level(Enum):
    """GENTLE hides only what is plain, BALANCED is the default, STRICT hides whatever looks abusive."""

    GENTLE = "gentle"
    BALANCED = "balanced"
    STRICT = "strict"
