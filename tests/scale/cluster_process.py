"""A Dask cluster of two workers on this machine: it prints its address, and ends with its standard input.

A process of its own, as clusters are; what Dask warns of when it ends is none of tito's.
"""

import logging
import sys

import dask
from distributed import LocalCluster


def main():
    # A worker's first death already comes back to tito, which has to cope with it.
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    count = int(sys.argv[1])
    with LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
