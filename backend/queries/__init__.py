"""Questions to the mirror. Every SELECT of the web is in here; each takes a session and a time, and answers a view."""
