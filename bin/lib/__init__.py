"""What the launchers share; only the standard library until the environment stands."""
