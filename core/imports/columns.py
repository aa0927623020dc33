"""What an importable file looks like: columns, file types and limits.

Three formats, chosen by the ending of the file's name: JSON lines (`.jsonl`, `.ndjson`), CSV
(`.csv`) and Parquet (`.parquet`); the first two may be gzip-compressed (`.jsonl.gz`, ...).

- `post_id`, `author_id` and `text` are required in every row; `text` may be empty, the ids may not.
- Ids are text. Whole JSON and Parquet numbers are accepted; numbers with a fraction or an exponent
  are not, because digits of long ids may already be lost in them.
- Dates are ISO 8601 (without a zone: UTC), seconds or milliseconds since 1970 (1973 to 2100), or
  Twitter's `Wed Oct 10 20:19:24 +0000 2018`.
- Lists are JSON lists of text. In CSV cells (and wherever text stands in place of a list) also
  words separated by spaces or semicolons; a semicolon inside a web address stays.
- `author_followed` is true/false/yes/no/1/0: the person follows this author.
- `url` is the address of the post itself.
- JSON names and CSV/Parquet headings outside this list are ignored; they stay in the raw bytes.
"""

from typing import Final

REQUIRED: Final = ("post_id", "author_id", "text")
TEXTS: Final = ("author_handle", "author_name", "lang", "url", "reply_to", "repost_of")
DATES: Final = ("author_created_at", "created_at")
LISTS: Final = ("urls", "hashtags", "mentions")
FLAGS: Final = ("author_followed",)

# In the order of the documentation; `read_frame` returns exactly these.
COLUMNS: Final = (
    "post_id",
    "author_id",
    "author_handle",
    "author_name",
    "author_created_at",
    "created_at",
    "text",
    "lang",
    "urls",
    "hashtags",
    "mentions",
    "reply_to",
    "repost_of",
    "author_followed",
    "url",
)

# One row. The longest post any supported platform allows is below 100 kB (Mastodon forks included).
MAX_ROW_BYTES: Final = 1024 * 1024
# What is kept of a longer row, beside its size and SHA-256.
KEPT_OF_LONG_ROW: Final = 4096
# A "row" this long means that the file is not made of rows at all; also ends a gzip bomb.
MAX_SKIPPED_BYTES: Final = 64 * 1024 * 1024
# Nesting of JSON, as in the evidence log.
MAX_DEPTH: Final = 64
# at:// addresses are about 100 characters; nothing known is near this.
MAX_ID_CHARS: Final = 1024
MAX_LIST_ITEMS: Final = 1000
