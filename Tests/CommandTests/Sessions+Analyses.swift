extension Session {
    /// Sessions of the analyses.
    static let analyses: [Session] = [
        Session(
            "proximity",
            ["proximity", "towns.geojson", "--to", "labs.geojson", "-k", "2"],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "shops.csv", "-o",
                "out.csv",
            ],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--within", "2km",
                "--quiet",
            ],
            files: ["out.csv"]),
        Session(
            "proximity-pairs",
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--pairs", "-k", "2",
                "--within", "20km",
            ]),
        Session(
            "proximity-exclusive",
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive",
                "optimal", "-o", "optimal.csv",
            ],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive", "greedy",
                "--within", "4km", "-o", "greedy.csv",
            ],
            ["proximity", "labs.geojson", "--self", "-k", "2", "-o", "self.csv"],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--each", "name_ko",
                "-o", "each.csv",
            ],
            ["proximity", "labs.geojson", "--self", "--to", "towns.geojson"],
            ["proximity", "towns.geojson", "--to", "labs.geojson", "-k", "1001"],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive", "best",
            ],
            ["proximity", "towns.geojson", "--to", "labs.geojson", "--each", "kind"],
            files: ["optimal.csv", "greedy.csv", "self.csv", "each.csv"]),
        Session(
            "pattern",
            [
                "pattern", "towns.geojson", "--within", "3km,9km", "--boundary",
                "island.geojson", "--simulations", "19", "-o", "out.csv",
            ],
            [
                "pattern", "towns.geojson", "--with", "labs.geojson", "--within", "2km,5km",
                "--boundary", "island.geojson", "--chance", "labels", "-o", "both.csv",
            ],
            ["pattern", "desks.csv", "--within", "3km", "--boundary", "labs.geojson"],
            [
                "pattern", "towns.geojson", "--with", "labs.geojson", "--within", "2km",
                "--edges", "border",
            ],
            ["pattern", "towns.geojson", "--within", "2km", "--chance", "labels"],
            ["pattern", "towns.geojson", "--with", "towns.geojson", "--within", "2km"],
            files: ["out.csv", "both.csv"]),
        Session(
            "coverage",
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "5km,1500",
                "--weight", "people", "-o", "out.csv", "--demand-output", "demand.geojson",
            ],
            ["coverage", "towns.geojson", "--by", "labs.geojson", "--within", "250 m"],
            files: ["out.csv", "demand.geojson"]),
        Session(
            "coverage-deeper",
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "3km,9km",
                "--weight", "people", "--depth", "depth.csv", "--gaps", "gaps.csv",
                "--boundary", "island.geojson", "--group", "name", "--group-output",
                "groups.csv", "-o", "out.csv", "--demand-output", "demand.csv",
                "--by-facility", "each.csv",
            ],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "3km",
                "--boundary", "island.geojson",
            ],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "3km",
                "--group-output", "groups.csv",
            ],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "3km",
                "--gaps", "-",
            ],
            files: ["demand.csv", "depth.csv", "each.csv", "gaps.csv", "groups.csv"]),
        Session(
            "coverage-zones",
            [
                "coverage", "island.geojson", "--by", "labs.geojson", "--within", "3km,9km",
                "--zones", "-o", "out.csv", "--demand-output", "zones.csv",
            ],
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "2km,5km",
                "--zones", "--weight", "people", "--group", "name", "--group-output",
                "groups.csv", "-o", "out.csv",
            ],
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "2km,5km",
                "--zones", "--weight", "people", "--uncertainty", "0m,300m", "-o", "out.csv",
                "--demand-output", "unsure.csv",
            ],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--weight", "people", "--quiet",
            ],
            [
                "coverage", "island.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--depth", "depth.csv",
            ],
            files: ["zones.csv", "groups.csv", "unsure.csv"]),
        Session(
            "coverage-dasymetric",
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--weight", "people", "-o", "out.csv", "--demand-output",
                "even.csv",
            ],
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--weight", "people", "--dasymetric", "land.geojson", "--density",
                "density", "-o", "out.csv", "--demand-output", "zones.csv",
            ],
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--weight", "people", "--dasymetric", "land.geojson", "--class",
                "use", "--sample", "cover:0.5", "-o", "out.csv", "--demand-output", "classes.csv",
            ],
            [
                "coverage", "wards.geojson", "--by", "labs.geojson", "--within", "3km",
                "--zones", "--dasymetric", "land.geojson",
            ],
            files: ["even.csv", "zones.csv", "classes.csv"]),
        Session(
            "equity",
            [
                "equity", "desks.csv", "--score", "desks", "--group", "name", "--group-output",
                "groups.csv", "-o", "lorenz.csv", "--steps", "4",
            ],
            [
                "equity", "towns.geojson", "--score", "people", "--steps", "2", "--picture",
                "curve.svg",
            ],
            ["equity", "towns.geojson", "--score", "people", "--picture", "curve.png"],
            ["equity", "towns.geojson", "--score", "person"],
            ["equity", "towns.geojson", "--score", "name"],
            files: ["lorenz.csv", "groups.csv"]),
        Session(
            "catchment",
            [
                "catchment", "labs.geojson", "--demand", "towns.geojson", "--weight", "people",
                "--boundary", "island.geojson", "-o", "out.geojson", "--demand-output",
                "demand.csv",
            ],
            ["catchment", "labs.geojson", "--within", "3km", "-o", "out.csv"],
            files: ["out.geojson", "demand.csv", "out.csv"]),
        Session(
            "catchment-weighted",
            [
                "catchment", "desks.csv", "--multiplicative", "desks", "--demand",
                "towns.geojson", "--boundary", "island.geojson", "-o", "out.csv",
                "--demand-output", "demand.csv",
            ],
            [
                "catchment", "desks.csv", "--multiplicative", "desks", "--within", "3km",
            ],
            [
                "catchment", "desks.csv", "--multiplicative", "desks", "--demand",
                "towns.geojson", "--boundary", "island.geojson", "--uncertainty", "1km", "-o",
                "out.csv", "--demand-output", "unsure.csv",
            ],
            files: ["demand.csv", "unsure.csv"]),
        Session(
            "proximity-shapes",
            [
                "proximity", "wards.geojson", "--self", "-k", "2", "--shapes", "-o", "out.csv",
            ],
            [
                "proximity", "land.geojson", "--to", "wards.geojson", "-k", "3", "--shapes",
                "--within", "20km", "-o", "land.csv",
            ],
            [
                "proximity", "wards.geojson", "--to", "labs.geojson", "--shapes",
                "--exclusive", "optimal",
            ],
            [
                "proximity", "wards.geojson", "--self", "--shapes", "--uncertainty", "700m",
                "--within", "9500m", "-k", "2", "-o", "sure.csv",
            ],
            files: ["out.csv", "land.csv", "sure.csv"]),
        Session(
            "uncertainty",
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--uncertainty", "700m",
                "-o", "near.csv",
            ],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--uncertainty",
                "people,50m", "--pairs", "--within", "3km", "--quiet",
            ],
            [
                "coverage", "towns.geojson", "--by", "labs.geojson", "--within", "2km,5km",
                "--uncertainty", "400m", "-o", "covered.csv", "--demand-output", "demand.csv",
            ],
            [
                "catchment", "labs.geojson", "--demand", "towns.geojson", "--boundary",
                "island.geojson", "--uncertainty", "3km", "-o", "areas.geojson",
                "--demand-output", "demand2.csv",
            ],
            ["catchment", "labs.geojson", "--uncertainty", "3km"],
            [
                "catchment", "labs.geojson", "--demand", "towns.geojson", "--uncertainty",
                "people",
            ],
            files: ["near.csv", "demand.csv", "demand2.csv"]),
        Session(
            "uncertainty-exclusive",
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive", "optimal",
                "--uncertainty", "700m", "-o", "optimal.csv",
            ],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive", "greedy",
                "--uncertainty", "700m", "-o", "greedy.csv",
            ],
            [
                "proximity", "towns.geojson", "--to", "labs.geojson", "--exclusive", "greedy",
                "--uncertainty", "desks",
            ],
            files: ["optimal.csv", "greedy.csv"]),
        Session(
            "uncertainty-shared",
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--attraction", "desks",
                "--weight", "people", "--uncertainty", "700m", "-o", "likely.csv", "--loads",
                "expected.csv",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "e2sfca",
                "--within", "9km", "--weight", "people", "--supply", "desks", "--uncertainty",
                "1500m,50m", "-o", "access.csv", "--loads", "loads.csv",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "raam",
                "--within", "9km", "--weight", "people", "--uncertainty", "200m",
            ],
            [
                "allocate", "towns.geojson", "--to", "desks.csv", "--capacity", "desks",
                "--weight", "people", "--uncertainty", "150m", "-o", "served.csv",
            ],
            files: ["likely.csv", "expected.csv", "access.csv", "loads.csv", "served.csv"]),
        Session(
            "hinterland",
            [
                "hinterland", "labs.geojson", "--demand", "towns.geojson", "--rings",
                "2km,5km", "--weight", "people", "-o", "out.csv",
            ],
            ["hinterland", "labs.geojson", "--demand", "towns.geojson", "--rings", "0"],
            [
                "hinterland", "labs.geojson", "--demand", "towns.geojson", "--rings",
                "2km,5km", "--weight", "people", "--uncertainty", "700m", "-o", "sure.csv",
            ],
            files: ["out.csv"]),
        Session(
            "allocate",
            [
                "allocate", "towns.geojson", "--to", "desks.csv", "--capacity", "desks",
                "--weight", "people", "-o", "out.csv", "--loads", "loads.csv", "--flows",
                "flows.csv",
            ],
            [
                "allocate", "towns.geojson", "--to", "desks.csv", "--capacity", "desks",
                "--within", "20km", "-o", "near.csv",
            ],
            ["allocate", "towns.geojson", "--to", "desks.csv", "--capacity", "name"],
            [
                "allocate", "towns.geojson", "--to", "desks.csv", "--capacity", "desks",
                "--flows", "-",
            ],
            files: ["out.csv", "loads.csv", "flows.csv", "near.csv"]),
        Session(
            "huff",
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--attraction", "desks",
                "--weight", "people", "-o", "out.csv", "--loads", "loads.csv", "--flows",
                "flows.csv", "--least", "0.01",
            ],
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--attraction", "desks",
                "--calibrate", "visits.csv", "-o", "fitted.csv",
            ],
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--calibrate", "visits.csv",
                "--beta", "2",
            ],
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--calibrate", "shops.csv",
            ],
            files: ["out.csv", "loads.csv", "flows.csv", "fitted.csv"]),
        Session(
            "huff-drawn",
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--attraction", "desks",
                "--contours", "contours.geojson", "--levels", "0.5,0.9", "--cell", "4km",
                "--areas", "areas.csv", "--boundary", "island.geojson", "-o", "out.csv",
            ],
            [
                "huff", "towns.geojson", "--to", "desks.csv", "--areas", "areas.csv",
                "--within", "3km",
            ],
            ["huff", "towns.geojson", "--to", "desks.csv", "--levels", "0.5"],
            ["huff", "towns.geojson", "--to", "desks.csv", "--levels", "50"],
            files: ["contours.geojson", "areas.csv"]),
        Session(
            "accessibility",
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "12km",
                "--weight", "people", "--supply", "desks", "-o", "out.geojson", "--loads",
                "loads.csv",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "e2sfca",
                "--decay", "steps:2km=1,9km=0.5", "--within", "9km", "-o", "out.csv",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--method", "raam",
                "--within", "12km", "--tau", "5km", "--weight", "people", "--supply", "desks",
                "-o", "raam.csv", "--loads", "raam-loads.csv",
            ],
            ["accessibility", "towns.geojson", "--to", "labs.geojson", "--within", "100m"],
            files: ["out.geojson", "loads.csv", "out.csv", "raam.csv", "raam-loads.csv"]),
        Session(
            "accessibility-usage",
            ["accessibility", "towns.geojson", "--to", "desks.csv"],
            ["accessibility", "towns.geojson", "--to", "desks.csv", "--within", "0"],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--method", "4sfca",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--method", "gravity", "--decay", "gauss:3km",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--decay", "gaussian:3km",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--method", "raam",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--tau", "3km",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--weight", "name",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--supply", "desk",
            ],
            [
                "accessibility", "towns.geojson", "--to", "desks.csv", "--within", "5km",
                "--loads", "-",
            ]),
        Session(
            "matrix", ["matrix", "towns.geojson", "--to", "labs.geojson", "-o", "out.csv"],
            ["matrix", "towns.geojson", "--to", "shops.csv", "--within", "6km"],
            ["matrix", "towns.geojson", "--to", "labs.geojson", "-o", "out.xlsx"],
            ["matrix", "towns.geojson", "--to", "labs.geojson", "-o", "all.arrow"],
            ["convert", "all.arrow", "all.csv"],
            files: ["out.csv", "all.csv"]),
        Session(
            "convergence",
            ["convergence", "hubs", "--data", "clusters", "-o", "sets.geojson"],
            ["convergence", "hubs", "--data", "clusters", "--json"],
            [
                "convergence", "hubs", "--data", "clusters", "--judge", "national-clusters",
                "-o", "judged.geojson",
            ],
            [
                "convergence", "hubs", "--data", "clusters", "--judge", "national-clusters",
                "--province", "대전", "--json",
            ],
            [
                "convergence", "hubs", "--data", "clusters", "--judge", "national-clusters",
                "--as-of", "2019-06",
            ],
            [
                "convergence", "hubs", "--data", "clusters", "--holds", "hb-seo", "--area",
                "12", "--metropolitan-radius", "8km", "--assume-area", "0",
            ],
            [
                "convergence", "hubs", "--data", "clusters", "--across-provinces",
                "--radius", "120km", "--capital-region",
            ],
            ["convergence", "hubs", "--data", "clusters", "--holds", "hb-sea"],
            ["convergence", "hubs", "--data", "clusters", "--judge", "national-cluster"],
            ["convergence", "towns.geojson"], ["convergence", "towns.geojson", "--area=-1"],
            files: ["sets.geojson", "judged.geojson"]),
        Session(
            "profile", ["profile", "nc-dal", "nc-bin", "--data", "clusters"],
            [
                "profile", "nc-gasang", "--data", "clusters", "--as-of", "2019-03", "--within",
                "8km", "-o", "profile.geojson",
            ],
            ["profile", "nc-dal", "--data", "clusters", "--json", "--within", "10km"],
            [
                "profile", "hb-dong", "--data", "clusters", "--layers", "labs.geojson",
                "--demand", "towns.geojson", "--weight", "people", "--within", "50km",
            ],
            ["profile", "nc-dak", "--data", "clusters"],
            ["profile", "un-d", "--data", "clusters"],
            ["profile", "nc-bin", "--data", "clusters", "--as-of", "2019"],
            files: ["profile.geojson"]),
        Session(
            "linkages",
            [
                "linkages", "towns.geojson", "labs.geojson", "--within", "15km", "--mass",
                "people", "-o", "links.geojson", "--nodes", "nodes.csv",
            ],
            ["linkages", "towns.geojson", "--tree", "--decay", "exponential:5km"],
            [
                "linkages", "hubs", "universities", "--data", "clusters", "--between-layers",
                "--within", "1km", "-o", "none.csv", "--nodes", "alone.csv",
            ],
            ["linkages", "towns.geojson", "--decay", "gravity:2"],
            ["linkages", "towns.geojson", "--mass", "name"],
            ["linkages", "towns.geojson", "--resolution", "0"],
            files: ["links.geojson", "nodes.csv", "none.csv", "alone.csv"]),
        Session(
            "concentration",
            [
                "concentration", "quotient", "hubs", "universities", "stations", "--data",
                "clusters", "--by", "province", "-o", "quotients.csv",
            ],
            [
                "concentration", "quotient", "hubs", "--data", "clusters", "--by", "province",
                "--kind", "status", "--weight", "area_km2", "--json",
            ],
            [
                "concentration", "moran", "hubs", "--data", "clusters", "--value", "area_km2",
                "--nearest", "3", "--permutations", "99", "-o", "moran.csv",
            ],
            [
                "concentration", "hotspots", "towns.geojson", "--value", "people", "--within",
                "15km", "--permutations", "99", "-o", "hot.csv",
            ],
            [
                "concentration", "groups", "hubs", "--data", "clusters", "--within", "12km",
                "--least", "3", "-o", "groups.csv",
            ],
            ["concentration", "groups", "hubs", "--data", "clusters", "--least", "3"],
            [
                "concentration", "density", "towns.geojson", "--bandwidth", "3km", "--cell",
                "1km", "--holding", "50,90", "--weight", "people",
            ],
            files: ["quotients.csv", "moran.csv", "hot.csv", "groups.csv"]),
        Session(
            "concentration-usage",
            ["concentration", "quotient", "hubs", "--data", "clusters", "--by", "provinz"],
            [
                "concentration", "moran", "hubs", "--data", "clusters", "--value", "area_km",
            ],
            [
                "concentration", "moran", "hubs", "--data", "clusters", "--value", "area_km2",
                "--within", "10m",
            ],
            [
                "concentration", "moran", "towns.geojson", "--value", "people", "--nearest",
                "2", "--within", "9km",
            ],
            ["concentration", "hotspots", "labs.geojson", "--value", "name"],
            ["concentration", "groups", "towns.geojson", "--least", "0"],
            ["concentration", "density", "towns.geojson", "--bandwidth", "3km", "--cell", "1"],
            [
                "concentration", "density", "towns.geojson", "--bandwidth", "3km", "--kernel",
                "round",
            ],
            [
                "concentration", "density", "towns.geojson", "--bandwidth", "3km", "--holding",
                "0",
            ],
            ["concentration", "densities"]),
    ]
}
