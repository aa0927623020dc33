"""The inbox: queues, mentions, and one mention with its sender."""
