"""Where the PDF program finds styles and pictures: the address of a running server.

Odoo keeps it in the database, while several launchers may serve one database on several ports.
"""

from . import installer, serving

PARAMETER = "report.url"


def announce(environment, database, port):
    """Let papers be drawn from our server, unless another one already does that."""
    if _current_port(environment, database) not in set(serving.Claim.ports()) - {port}:
        installer.set_parameters(
            environment.databases.server, database, {PARAMETER: serving.address(port)}
        )


def withdraw(environment, database, port):
    """Hand over to another running server when ours stops."""
    others = serving.Claim.ports()
    if not others or _current_port(environment, database) != port:
        return
    server = environment.databases.server
    installer.set_parameters(server, database, {PARAMETER: serving.address(others[0])})
    # Running servers keep parameters in memory; a new row here makes them forget it.
    server.query("INSERT INTO orm_signaling_stable DEFAULT VALUES", database=database)


def _current_port(environment, database):
    rows = environment.databases.server.query(
        "SELECT value FROM ir_config_parameter WHERE key = %s", [PARAMETER], database=database
    )
    ending = rows[0][0].rpartition(":")[2] if rows else ""
    return int(ending) if ending.isdigit() else None
