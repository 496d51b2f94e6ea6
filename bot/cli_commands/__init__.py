"""One file for each subcommand of `guanxi`; heavy imports stand inside the functions."""
