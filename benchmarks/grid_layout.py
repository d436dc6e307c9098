"""
The grid Fruchterman-Reingold layout of igraph, in a process and environment of its own.

``python grid_layout.py COUNT LINKS PLACES``: LINKS holds both ends of each link as 32-bit numbers,
all starts first; PLACES gets the coordinates as 64-bit numbers, one entity after the other. The
processor time in seconds is printed. igraph is under the GPL: it is measured beside, and no part
of Clew.
"""

import random
import sys
import time
from array import array
from itertools import chain
from pathlib import Path

import igraph

count, links, places = sys.argv[1:]
ends = array("i")
ends.frombytes(Path(links).read_bytes())
half = len(ends) // 2
graph = igraph.Graph(int(count), list(zip(ends[:half], ends[half:], strict=True)))
graph.simplify()
random.seed(1)
start = time.process_time()
drawn = graph.layout_fruchterman_reingold(grid=True)
sys.stdout.write(f"{time.process_time() - start}\n")
Path(places).write_bytes(array("d", chain.from_iterable(drawn.coords)).tobytes())
