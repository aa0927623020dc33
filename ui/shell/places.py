"""The places of the window, in the order of the rail."""

from enum import Enum
from typing import Final

from ui.wording import translate


class Place(Enum):
    """One screen. The value is also the name of its drawing."""

    INBOX = "inbox"
    GROUPS = "groups"
    EVIDENCE = "evidence"
    TAKEDOWNS = "takedowns"
    ACTIVITY = "activity"
    ACCOUNTS = "accounts"
    SETTINGS = "settings"


PLACES: Final = tuple(Place)


def place_name(place: Place) -> str:
    """What the place is called."""
    names = {
        Place.INBOX: translate("Place", "Inbox"),
        Place.GROUPS: translate("Place", "Groups"),
        Place.EVIDENCE: translate("Place", "Evidence"),
        Place.TAKEDOWNS: translate("Place", "Takedowns"),
        Place.ACTIVITY: translate("Place", "Activity"),
        Place.ACCOUNTS: translate("Place", "Accounts"),
        Place.SETTINGS: translate("Place", "Settings"),
    }
    return names[place]
