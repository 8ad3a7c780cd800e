"""Person by activity: what was observed, before anything is derived from it.

Tie rules (``build``) and nulls, intervals and windows (``measures``) all start from one matrix,
:class:`~sanshe_net.attendance.matrix.Attendance`. The room stands below
both, so that neither needs the other.
"""
