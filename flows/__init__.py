"""What runs and when: the command line and the Prefect flows."""
