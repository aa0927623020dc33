"""Groups of senders who acted in step."""
