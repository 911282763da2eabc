"""``python -m peerlint``."""

from peerlint.cli.app import main

if __name__ == "__main__":
    main()
