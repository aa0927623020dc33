"""The platforms the program was built with."""

import pytest

from core.connectors.registry import platform, platforms
from core.domain.ids import PlatformName
from core.errors import NotFound


def test_names_are_unique_and_found() -> None:
    names = [one.info.platform for one in platforms()]
    assert names == ["bluesky"]
    for name in names:
        assert platform(name).info.platform == name


def test_default_services_are_secure() -> None:
    assert all(one.info.default_service.startswith("https://") for one in platforms())


def test_an_unknown_platform() -> None:
    with pytest.raises(NotFound) as caught:
        platform(PlatformName("nowhere"))
    assert caught.value.params == {"what": "platform", "name": "nowhere"}
