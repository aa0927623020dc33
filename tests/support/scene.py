"""A person under a small pile-on, on the real testbed."""

from dataclasses import dataclass

from bluesky_testbed import Person, Post


@dataclass(frozen=True)
class Scene:
    """A person under a small pile-on: a friend, a threat, an ordinary critic, eight senders in step."""

    target: Person
    friend: Person
    stalker: Person
    critic: Person
    campaign: list[Person]
    threat: Post
    kind: Post
