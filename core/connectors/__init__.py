"""Platforms: a registry, one HTTP client for all, and a package per platform."""
