"""What each of the launchers does."""
