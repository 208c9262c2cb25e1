"""The entry point of the command `tei`, also `python -m encoder`."""

from encoder.cli import main

if __name__ == "__main__":
    main()
