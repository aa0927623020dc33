"""What happened to the posts on the platforms."""
