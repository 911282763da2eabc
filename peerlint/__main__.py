"""``python -m peerlint``."""

from peerlint.cli.app import main

main()
