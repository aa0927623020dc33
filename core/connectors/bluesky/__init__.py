"""Bluesky, and any other AT Protocol service that speaks `app.bsky.*`."""
