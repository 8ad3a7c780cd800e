"""The few loops that no array library can do fast enough, compiled; one family of loops a file.

A kernel takes and returns numpy arrays only: the parts of a sparse matrix, never a Network. numba takes
half a second to import and a kernel some seconds to compile the first time ever, so a measure imports its
kernel inside the function that runs it. Each kernel has a plain scipy or numpy twin in the tests, its judge.
"""
