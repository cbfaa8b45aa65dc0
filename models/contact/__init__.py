from . import area
from . import topic
from . import channel
from . import contact
from . import contact_person
from . import note
from . import case
from . import case_silence
