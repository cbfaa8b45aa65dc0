"""The contacts of clients are found by a smaller index, which leaves all other contacts out."""


def migrate(cr, version):
    """Drop the former index; Odoo keeps one that no field asks for any more.

    :param version: the installed version; empty when the module is installed anew
    """
    if version:
        cr.execute("DROP INDEX IF EXISTS res_partner__is_integration_client_index")
