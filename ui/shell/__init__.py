"""The window around the screens: navigation, jobs, notices, start and unlock."""
