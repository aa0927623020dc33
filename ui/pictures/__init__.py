"""Pictures of campaigns: drawn with QPainter alone, each with a sentence, a table and a note on method."""
