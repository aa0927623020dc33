"""Domain rules and adapters. Imports neither Qt nor the application."""
