"""Wires the parts of Guanxi into one program: settings, the path of a message, jobs and the command line."""
