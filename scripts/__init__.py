"""What administrators run: deployment, proceedings, the sample story and the demo."""
