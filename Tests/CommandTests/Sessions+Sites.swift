extension Session {
    /// Sessions of sites and maps, and of wrong usage.
    static let sitesAndMaps: [Session] = [
        Session(
            "map",
            ["map", "towns.geojson", "new-towns", "--data", "catalogue", "-o", "out.svg"],
            ["map", "towns.geojson", "--color", "peple", "-o", "out.svg"],
            ["map", "towns.geojson", "--size", "name", "-o", "out.svg"],
            ["map", "towns.geojson", "--count", "12", "-o", "out.svg"],
            ["map", "towns.geojson", "-o", "out.pdf"],
            ["map", "towns.geojson", "--for", "geojson.io", "-o", "out.geojson"],
            ["map", "towns.geojson", "--for", "qgis", "-o", "out.geojson"],
            ["map", "towns.geojson", "--for", "qgsi", "-o", "out.qgs"], files: ["out.svg"]),
        Session(
            "map-page",
            ["map", "towns.geojson", "--color", "people", "--count", "3", "-o", "out.html"],
            needsLeaflet: true),
        Session(
            "sites-select",
            [
                "sites", "select", "--model", "p-median", "-p", "2", "--candidates",
                "labs.geojson", "--demand", "towns.geojson", "--weight", "people", "-o",
                "out.geojson", "--allocations", "lines.geojson",
            ],
            [
                "sites", "select", "--model", "mclp", "-p", "1", "--within", "6km",
                "--candidates", "labs.geojson", "--demand", "towns.geojson", "--weight",
                "people", "--json",
            ],
            ["sites", "select", "--model", "p-center", "-p", "2", "--matrix", "costs.csv"],
            [
                "sites", "select", "--model", "lscp", "--within", "5", "--matrix",
                "costs.csv",
            ],
            [
                "sites", "select", "--model", "p-median", "-p", "1", "--within", "6",
                "--matrix", "costs.csv", "--json",
            ],
            [
                "sites", "select", "--model", "lscp", "--within", "1", "--matrix",
                "costs.csv",
            ],
            files: ["out.geojson", "lines.geojson"]),
        Session(
            "sites-near-optimal",
            [
                "sites", "select", "--model", "p-median", "-p", "2", "--matrix", "costs.csv",
                "--near-optimal", "3", "--near-gap", "200%", "--tolerances",
            ],
            [
                "sites", "select", "--model", "p-dispersion", "-p", "2", "--candidates",
                "towns.geojson", "-o", "out.geojson",
            ],
            [
                "sites", "select", "--model", "p-dispersion", "-p", "2", "--candidates",
                "towns.geojson", "--forbid", "t6", "-o", "out.geojson",
            ],
            [
                "sites", "select", "--model", "lscp", "--within", "5", "--matrix", "costs.csv",
                "--tolerances",
            ],
            [
                "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                "--at-most", "1",
            ],
            [
                "sites", "select", "--model", "mexclp", "-p", "1", "--matrix", "costs.csv",
                "--within", "5",
            ],
            ["sites", "select", "--model", "p-hub-median", "-p", "1", "--matrix", "costs.csv"],
            [
                "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                "--near-optimal", "1",
            ], files: ["out.geojson"]),
        Session(
            "sites-score",
            [
                "sites", "score", "plots.csv", "--criterion", "people:max:2", "--criterion",
                "price:min", "-o", "out.csv",
            ],
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                "price:min", "--criterion", "slope:min", "--compare", "people/price=3",
                "--compare", "people/slope=5", "--compare", "price/slope=3", "--method",
                "topsis", "-o", "topsis.csv",
            ],
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                "price:min", "--weights", "critic", "--method", "promethee", "-o", "p.csv",
            ],
            ["sites", "score", "plots.csv", "--criterion", "people"],
            ["sites", "score", "plots.csv", "--criterion", "peple:max"],
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                "price:min", "--criterion", "slope:min", "--compare", "people/price=3",
            ],
            files: ["out.csv", "topsis.csv"]),
        Session(
            "sites-score-options",
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                "price:0=1,50=0.9,120=0", "--criterion", "slope:target=2", "--swing",
                "people=100", "--swing", "price=60", "--swing", "slope=40", "--pareto",
                "--acceptability", "500", "-o", "out.csv",
            ],
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--criterion",
                "price:min", "--scale", "z", "--method", "owa", "--orness", "0.3", "-o",
                "owa.csv",
            ],
            ["sites", "score", "plots.csv", "--criterion", "people:target=x"],
            ["sites", "score", "plots.csv", "--criterion", "people:3=1,2=0"],
            ["sites", "score", "plots.csv", "--criterion", "people:max", "--orness", "1"],
            [
                "sites", "score", "plots.csv", "--criterion", "people:max", "--swing",
                "peple=100",
            ],
            files: ["out.csv", "owa.csv"]),
        Session(
            "sites-screen",
            ["sites", "screen", "plots.csv", "--rules", "rules.yaml", "-o", "left.csv"],
            [
                "sites", "screen", "plots.csv", "--rules", "rules.yaml", "--explain", "--relax",
                "20", "--json", "-o", "all.csv",
            ],
            [
                "sites", "screen", "plots.csv", "--rules", "quota.yaml", "--explain", "-o",
                "kept.csv",
            ],
            ["sites", "screen", "towns.geojson", "--rules", "quota.yaml", "-o", "no.csv"],
            ["sites", "screen", "plots.csv", "--rules", "none.yaml"],
            ["sites", "screen", "plots.csv", "--rules", "rules.yaml", "--json"],
            files: ["left.csv", "all.csv", "kept.csv"]),
        Session(
            "sites-candidates",
            [
                "sites", "grid", "--boundary", "island.geojson", "--cell", "10km", "-o",
                "grid.csv",
            ],
            [
                "sites", "grid", "--boundary", "island.geojson", "--cell", "12km", "--hex",
                "--cells", "-o", "cells.geojson",
            ],
            ["sites", "points", "island.geojson", "--every", "20km", "-o", "along.csv"],
            ["sites", "points", "island.geojson", "--vertices", "-o", "corners.csv"],
            ["sites", "points", "island.geojson"],
            ["sites", "grid", "--boundary", "towns.geojson", "--cell", "1km"],
            ["sites", "grid", "--boundary", "island.geojson", "--cell", "0.5m"],
            files: ["grid.csv", "cells.geojson", "along.csv", "corners.csv"]),
        Session(
            "sites-curve",
            ["sites", "curve", "--model", "p-median", "--up-to", "3", "--matrix", "costs.csv"],
            [
                "sites", "curve", "--model", "p-center", "--up-to", "2", "--within", "4",
                "--matrix", "costs.csv", "--json",
            ],
            ["sites", "curve", "--model", "lscp", "--up-to", "2", "--matrix", "costs.csv"],
            ["sites", "curve", "--model", "mclp", "--up-to", "0", "--matrix", "costs.csv"]),
        Session(
            "sites-usage",
            ["sites", "select", "--model", "p-medain", "-p", "1", "--matrix", "costs.csv"],
            ["sites", "select", "--model", "p-median", "--matrix", "costs.csv"],
            ["sites", "select", "--model", "p-median", "-p", "4", "--matrix", "costs.csv"],
            ["sites", "select", "--model", "mclp", "-p", "1", "--matrix", "costs.csv"],
            ["sites", "select", "--model", "p-median", "-p", "1", "--matrix", "shops.csv"],
            [
                "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                "--force", "north,nord",
            ],
            [
                "sites", "select", "--model", "p-median", "-p", "1", "--matrix", "costs.csv",
                "-o", "out.geojson",
            ],
            ["sites", "verify", "towns.geojson"]),
        Session(
            "usage", ["locate"], ["locate", "x", "--at", "127,36"], ["locate", "--at", "127"],
            ["locate", "--at", "36.5,127.4"], ["locate", "a", "--limit", "0"],
            ["layer"], ["export"], ["export", "towns.geojson", "--presicion", "3"],
            ["export", "towns.geojson", "--precision", "16"], ["export", "-", "-"],
            ["export", "new-town", "--data", "catalogue"],
            ["export", "schools", "--data", "catalogue", "--kind", "scool"],
            ["export", "schools", "--data", "catalogue", "--province", "Jeonam"],
            ["export", "towns.geojson", "--province", "전남"],
            ["proximity", "towns.geojson"],
            ["proximity", "towns.geojson", "--to", "labs.geojson", "-k", "0"],
            ["proximity", "-", "--to", "-"],
            ["coverage", "towns.geojson", "--by", "labs.geojson"],
            ["coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5mi"],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5km",
                "--demand-output", "-",
            ],
            ["catchment", "labs.geojson", "--weight", "people"],
            ["catchment", "labs.geojson", "--threads", "0"]),
    ]
}
