"""The running program: assembly, use cases, command line. No widgets."""
