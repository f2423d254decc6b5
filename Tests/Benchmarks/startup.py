"""Times whole processes of clusteratlas that a person waits for, 30 runs each after a first one."""
import statistics
import subprocess
import sys
import time

COMMANDS = (["locate", "daedok", "--json"], ["export", "innovation-cities"], ["layers"])


def main():
    program = sys.argv[1]
    print(f"{'command':32} {'median ms':>10} {'least':>8} {'most':>8}")
    for words in COMMANDS:
        runs = []
        for _ in range(31):
            start = time.perf_counter()
            subprocess.run([program, *words], stdout=subprocess.DEVNULL, check=True)
            runs.append((time.perf_counter() - start) * 1000)
        runs = runs[1:]
        print(f"{' '.join(words):32} {statistics.median(runs):10.1f} "
              f"{min(runs):8.1f} {max(runs):8.1f}")


if __name__ == "__main__":
    main()
