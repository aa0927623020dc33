"""Every sentence the importers can say, in one place so that the ui can translate them.

Row problems are stored beside the rejected row. File problems travel as the `why` of `BadInput` or
`UnusableFolder` and say what to do. None of them repeats what the file holds.
"""

from typing import Final


class RowProblem(Exception):
    """This row cannot be understood; the message is the sentence for the user."""


# Rows.
NOT_UTF8: Final = "The row is not valid UTF-8 text."
NOT_UTF16: Final = "The row is not valid UTF-16 text."
NOT_JSON: Final = "The row is not valid JSON."
NOT_OBJECT: Final = "The row is not a JSON object."
TOO_DEEP: Final = "The row is nested more than 64 levels deep."
HUGE_NUMBER: Final = "The row holds a number too large to read."
TWICE: Final = "The row gives {column} twice."
MISSING: Final = "{column} is missing."
NOT_TEXT: Final = "{column} is not text."
ID_EMPTY: Final = "{column} is empty."
ID_LONG: Final = "{column} is longer than 1,024 characters."
ID_CONTROL: Final = "{column} contains a control character."
ID_NUMBER: Final = (
    "{column} is a number with a fraction or an exponent: digits may be lost. Write it as text."
)
NOT_DATE: Final = (
    "{column} is not a date: use ISO 8601 (2026-03-01T12:00:00Z) or seconds or milliseconds since 1970."
)
NOT_LIST: Final = "{column} is not a list of text."
LONG_LIST: Final = "{column} has more than 1,000 entries."
NOT_FLAG: Final = "{column} is not true or false."
MORE_CELLS: Final = "The row has more cells than the heading has columns."
OPEN_QUOTE: Final = "A quotation mark is opened and never closed."
LONG_ROW: Final = (
    "The row is longer than 1 MiB ({size} bytes). "
    "Only its first {kept} bytes are kept; SHA-256 of the whole: {digest}"
)

# Files.
NO_FILE: Final = "There is no file with this name. Choose another file."
NOT_A_FILE: Final = "This is not an ordinary file. Choose a file ending in .jsonl, .csv or .parquet."
UNREADABLE: Final = (
    "The file cannot be read. Check that you may open it and that the disk or drive is connected."
)
UNKNOWN_TYPE: Final = (
    "The file type is not known. Use JSON lines (.jsonl, .ndjson), CSV (.csv) or Parquet (.parquet); "
    "the first two may end in .gz."
)
WORKBOOK: Final = 'This is a spreadsheet workbook. Open it and save it as "CSV UTF-8", then import that file.'
ARCHIVE: Final = "This is a compressed archive. Unpack it first, then import the files inside."
JSON_LIST: Final = (
    "The file holds one JSON list. Write one JSON object per line instead (JSON lines), without the "
    "enclosing brackets."
)
BAD_GZIP: Final = "The compressed data are damaged or incomplete. Download or export the file again."
NO_LINES: Final = "The file is not made of lines. Check that it is the right file."
NO_HEADING: Final = "The file is empty: its first line must name the columns post_id, author_id and text."
HEADING_TEXT: Final = 'The first line is not readable text. Save the file as "CSV UTF-8".'
HEADING_LONG: Final = "The first line, which must name the columns, is not closed within 1 MiB."
NO_COLUMNS: Final = "Required columns are missing: {columns}. The first line must name them."
NO_COLUMNS_TABLE: Final = "Required columns are missing: {columns}."
COLUMN_TWICE: Final = "The column {column} appears twice. Remove or rename one of them."
NOT_PARQUET: Final = "This is not a Parquet file, or it is damaged. Export it again."
PARQUET_FAILED: Final = (
    "The Parquet file is damaged, or needs more memory than is safe. Export it again, if possible as CSV."
)
ENCRYPTED: Final = "The Parquet file is encrypted. Export it again without encryption."
