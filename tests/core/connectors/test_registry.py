"""The platforms the program was built with."""

from core.connectors.registry import platforms


def test_names_are_unique() -> None:
    names = [one.info.platform for one in platforms()]
    assert names == ["bluesky"]


def test_default_services_are_secure() -> None:
    assert all(one.info.default_service.startswith("https://") for one in platforms())
