"""The API under /v1: thin routes over the queries, response models, and one table from error to status."""
