def uninstall_hook(env):
    """Erase what would outlive the module: the contacts behind the clients.

    Without the module's rules every employee would see them. Names and addresses are
    replaced, and the contacts archived; see ``ir.module.module`` for the confirmation.
    """
    env["integration.client"]._erase_contacts()
    # The triggers on evidence would outlive them as functions, and hinder their removal.
    for name in env.registry.descendants(["integration.evidence"], "_inherit"):
        env[name]._drop_guard()
