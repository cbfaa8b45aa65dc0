from . import meeting_paper
