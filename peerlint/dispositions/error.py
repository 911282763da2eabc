"""What is wrong with a waiver file or a baseline."""


class DispositionError(Exception):
    """A waiver file or baseline that cannot be used; the message is one line with the file, the fault and the mend."""
