"""渠道发布: where else an article runs: planned, handed to each channel, and proven to have come out there.

The portal is published by the house itself; every other channel is worked by hand, and recorded here.
"""
