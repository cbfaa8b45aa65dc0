from . import test_documents
from . import test_documents_end
from . import test_documents_served
from . import test_letter_templates
from . import test_letters
from . import test_letters_frozen
from . import test_letters_pdf
from . import test_papers_gate
