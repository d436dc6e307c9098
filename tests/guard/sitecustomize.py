"""Python reads this in each process that a test starts: nothing leaves that one either."""

import os
import sys

import packets  # type: ignore[import-not-found]  # beside this file, where Python finds it

if packets.LOG in os.environ:
    sys.addaudithook(packets._hear)
