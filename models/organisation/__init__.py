from . import county
from . import municipality
from . import mandate
from . import language
from . import res_company
from . import paper_text
