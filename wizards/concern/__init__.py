from . import concern_reply
