"""What the pictures ask clusteratlas."""

import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CRS = "EPSG:5179"


class Atlas:
    """Asks clusteratlas."""

    def __init__(self, program):
        self.program = [str(program)] if program else [str(ROOT / "Scripts" / "run")]

    def features(self, *words):
        """The features of a result that is GeoJSON on standard output."""
        done = subprocess.run(
            [*self.program, *words, "--quiet", "--crs", CRS], stdout=subprocess.PIPE, check=False
        )
        if done.returncode != 0:
            sys.exit(f"clusteratlas {' '.join(words)} failed; see above.")
        return json.loads(done.stdout)["features"]


def short(name, *endings):
    """A city's name without what all of them share."""
    for ending in endings:
        name = name.replace(ending, "")
    return name.strip(" ,")
