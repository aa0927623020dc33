"""One module for each thing the person can do; used by the window and the command line alike."""
