"""``python -m ojmf``: the command line without its installed script."""

from ojmf.cli import main

if __name__ == "__main__":
    main()
