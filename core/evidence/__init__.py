"""The evidence log as pure functions: canonical form, hash tree, checkpoints, verification."""
