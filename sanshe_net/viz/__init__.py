"""Maps, charts and the one-page report."""
