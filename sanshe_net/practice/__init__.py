"""The questions of practice: one question a file, each answered with tables and plain words."""
