from . import letter_paper
