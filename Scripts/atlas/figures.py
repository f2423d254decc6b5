"""What the files of GeoData say about themselves: counts, shares, accuracies, sources."""

import json

# Upper ends of the classes of accuracy, in metres.
CLASSES = [100, 300, 1000, 3000, 10_000]


class Statement:
    """What a record says with a source: a fact, an earlier value, an event or a former name."""

    def __init__(self, said):
        source = said["source"]
        self.sources = source if isinstance(source, list) else [source]
        self.confidence = said["confidence"]
        self.date = str(said.get("date") or "")

    @property
    def is_published(self):
        return any(source != "compiled" for source in self.sources)

    @property
    def is_all_published(self):
        return "compiled" not in self.sources


class Record:
    def __init__(self, feature):
        self.id, self.properties = feature["id"], feature["properties"]
        self.at = feature["geometry"] and tuple(feature["geometry"]["coordinates"][:2])
        self.is_main = self.properties["listing"] == "main"
        self.position = Statement(self.properties["position"]) if self.at else None
        self.accuracy = self.properties["position"]["accuracy_m"] if self.at else None
        said = list(self.properties["facts"].values())
        said += [older for fact in said for older in fact.get("earlier", [])]
        said += self.properties["events"] + self.properties.get("former_names", [])
        self.statements = [Statement(s) for s in said]


class Layer:
    def __init__(self, resource, folder):
        self.name, self.file = resource["name"], resource["path"]
        self.title, self.title_ko = resource["title"], resource["title_ko"]
        features = json.loads((folder / self.file).read_text(encoding="utf-8"))["features"]
        self.records = [Record(f) for f in features]
        self.main = [r for r in self.records if r.is_main]
        self.placed = [r for r in self.records if r.at]
        self.statements = [s for r in self.records for s in r.statements]

    def share(self, test):
        return sum(test(s) for s in self.statements), len(self.statements)

    def accuracies(self):
        """How many main records with a position fall into each class, the last without end."""
        counts = [0] * (len(CLASSES) + 1)
        for record in self.main:
            if record.at:
                counts[sum(record.accuracy > end for end in CLASSES)] += 1
        return counts


class Catalogue:
    def __init__(self, folder):
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.folder = folder
        self.layers = [Layer(r, folder) for r in package["resources"] if "kind" in r]
        listed = json.loads((folder / "sources.json").read_text(encoding="utf-8"))["sources"]
        self.sources = {source["id"]: source for source in listed}
        # Later dates are plans.
        self.date = max(source["accessed"] for source in listed)

    def layer(self, name):
        return next(layer for layer in self.layers if layer.name == name)

    def outlines(self, name):
        file = self.folder / f"{name}-outlines.geojson"
        return json.loads(file.read_text(encoding="utf-8"))["features"]

    def latest(self, layer):
        """The latest date of what a layer states, plans left out, to the month."""
        dates = [s.date for s in layer.statements if s.date[:7] <= self.date[:7]]
        return max(dates, default="")[:7]

    def publications(self):
        """The sources but `compiled`."""
        return [s for s in self.sources.values() if s["id"] != "compiled"]


def metres(value):
    """A length as people write it."""
    return f"{value / 1000:g} km" if value >= 1000 else f"{value:g} m"
