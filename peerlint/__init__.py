"""peerlint checks peer support plans, crisis plans and service notes against payer policies."""

__version__ = "0.1.0"
