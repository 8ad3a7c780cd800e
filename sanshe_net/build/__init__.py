"""From files to Records to Network."""
