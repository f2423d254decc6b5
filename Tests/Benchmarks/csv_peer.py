"""P7: pyarrow.csv reading a file of points; columns and types are found on the way, as ours are."""
import json
import pathlib
import resource
import sys
import time


def used():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    import pyarrow
    import pyarrow.csv

    path = pathlib.Path(sys.argv[1])
    wall, processor = time.perf_counter(), used()
    table = pyarrow.csv.read_csv(path)
    wall, processor = time.perf_counter() - wall, used() - processor
    size = path.stat().st_size
    print(json.dumps({
        "workload": "P7", "peer": "pyarrow.csv", "version": "pyarrow " + pyarrow.__version__,
        "n": {"bytes": size, "op": "read", "file": path.name}, "wall_s": wall,
        "cpu_s": processor, "answer": {"features": table.num_rows}}))


if __name__ == "__main__":
    main()
