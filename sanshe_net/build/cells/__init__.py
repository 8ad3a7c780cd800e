"""What one cell means, one topic a file; :mod:`sanshe_net.build.values` is where to import them from."""
