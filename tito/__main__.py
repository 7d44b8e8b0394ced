"""`python -m tito`: the command of whichever interpreter is at hand."""

from tito.cli import main

main()
