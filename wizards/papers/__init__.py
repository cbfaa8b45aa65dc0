from . import letter_write
