"""Connected accounts and other ways in."""
