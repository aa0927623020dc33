"""Tables of characters that stand in for others: look-alike letters, number-letters, letter symbols.

Source: the Unicode charts, read by eye for what looks like a Latin letter in common fonts; only
letters that pass at reading speed are listed. All keys are case-folded.
"""

from typing import Final

_CYRILLIC: Final = dict(
    zip("авекмнорстухѕіїјԁԛԝһӏьєўё", "abekmhopctyxsiijdqwhlbeye", strict=True),
)
_GREEK: Final = dict(zip("αβεηικνορτυχωγμϲϳ", "abenikvoptuxwyucj", strict=True))
_SMALL_CAPITALS: Final = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
_LATIN_ODDITIES: Final = dict(zip("ɑɩıɡłøđħŧɛɔƒʋɾ", "aiiglodhtecfvr", strict=True))
_ARMENIAN: Final = dict(zip("սոհցօզ", "unhgoq", strict=True))
_CHEROKEE: Final = dict(zip("ꭰꭱꭲꭺꮃꮪꮯ", "deiglsc", strict=True))

# Letters of another script that read as a Latin one. Applied per word, see `fold`.
FOREIGN_LETTERS: Final = {**_CYRILLIC, **_GREEK, **_ARMENIAN, **_CHEROKEE}

# Latin letters in costume: always undone.
LATIN_LETTERS: Final = {**_LATIN_ODDITIES, **_SMALL_CAPITALS, "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}

# Digits and signs that stand for letters inside a word.
LEET: Final = {
    "0": "o",
    "1": "i",
    "2": "z",
    "3": "e",
    "4": "a",
    "5": "s",
    "6": "g",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "i",
    "+": "t",
    "€": "e",
    "£": "l",
    "¡": "i",
}


def letter_symbols() -> dict[int, str]:
    """Boxed and circled capitals that NFKC leaves alone, by code point."""
    table: dict[int, str] = {}
    for base in (0x1F150, 0x1F170):  # negative circled, negative squared
        table |= {base + i: chr(ord("a") + i) for i in range(26)}
    return table


REGIONAL_A: Final = 0x1F1E6  # regional indicator A; 26 of them, two side by side draw a flag
