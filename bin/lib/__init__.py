"""What bin/demo, bin/test and bin/odoo share. Only the standard library until the environment stands."""
