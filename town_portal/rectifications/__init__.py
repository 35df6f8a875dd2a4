"""督促整改: what a unit has to put right, until when, what it answered, and who of another unit looked at it.

The source report, 一（七）: the quarter's figures become a bulletin that "urges the departments to mend and improve";
七（一）: what spot checks find is told in time and mended within a limit (及时通报并限期整改).
"""
