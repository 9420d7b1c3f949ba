"""Exit codes of every command: a promise, as scripts go by them (README). build.py imports nothing and repeats two."""

EXIT_GOOD = 0
EXIT_CONTENT = 1  # the content is wrong
EXIT_FAILED = 1  # of `test`: something failed
EXIT_DIFFERS = 1  # of `verify`: the site is not as its manifest says
EXIT_USAGE = 2  # wrong usage, or an output folder that can't be written
EXIT_FAILURE = 3  # disk, network, browser or our own failure
EXIT_INTERRUPTED = 130
