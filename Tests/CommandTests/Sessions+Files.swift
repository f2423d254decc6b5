extension Session {
    /// Sessions of the catalogue and of files.
    static let catalogueAndFiles: [Session] = [
        Session(
            "layers", ["layers", "--data", "catalogue"],
            ["layers", "--data", "catalogue", "--json"]),
        Session(
            "locate", ["locate", "--data", "catalogue", "haetnim"],
            ["locate", "--data", "catalogue", "달님", "동지구", "--json"],
            ["locate", "--data", "catalogue", "ㄱㄹㄱㅎㅇ"],
            ["locate", "--data", "catalogue", "BNU", "--kind", "school"],
            ["locate", "--data", "catalogue", "qqqqq"],
            ["locate", "--data", "catalogue", "qqqqq", "--json"]),
        Session(
            "locate-at", ["locate", "--data", "catalogue", "--at", "127.4,36.385"],
            [
                "locate", "--data", "catalogue", "--at", "127.4,36.385", "--limit", "2",
                "--json",
            ],
            ["locate", "--data", "catalogue", "--at", "126.8,35", "--kind", "schools"]),
        Session(
            "show", ["show", "sc-byeol", "--data", "catalogue"],
            ["show", "sc-byeol", "--data", "catalogue", "--json"],
            ["show", "sc-byeoxl", "--data", "catalogue"],
            ["show", "nt-dallim-east", "--data", "catalogue"]),
        Session(
            "as-of", ["layers", "--data", "catalogue", "--as-of", "2012-04"],
            ["show", "nt-dallim-east", "--data", "catalogue", "--as-of", "2013"],
            ["show", "nt-dallim-east", "--data", "catalogue", "--as-of", "2010"],
            ["export", "new-towns", "--data", "catalogue", "--as-of", "2009"],
            ["locate", "gureum", "--data", "catalogue", "--as-of", "2002"],
            ["layers", "--as-of", "2012-13"]),
        Session(
            "check", ["check", "catalogue"], ["check", "catalogue", "--json"],
            ["check", "towns.geojson"]),
        Session(
            "import",
            [
                "import", "mills.csv", "--as", "mill", "-o", "own", "--data", "catalogue",
                "--publisher", "Office", "--date", "2025",
            ],
            ["import", "mills.csv", "--as", "mill", "--dry-run", "--map", "name=상호"],
            ["import", "mills.csv", "--as", "mill"],
            ["show", "m-mulbitbangatgan", "--data", "own"],
            ["show", "m-kkotipbangatgan", "--data", "own"]),
        Session(
            "export-drawn",
            ["export", "schools", "--data", "catalogue", "--footprint"],
            [
                "export", "municipalities", "--data", "catalogue", "--outline", "-o",
                "out.geojson",
            ],
            ["export", "schools", "--data", "catalogue", "--outline"],
            [
                "export", "new-towns", "--data", "catalogue", "--listing", "whole", "-o",
                "out.csv",
            ],
            files: ["out.geojson", "out.csv"]),
        Session(
            "export", ["export", "towns.geojson"], ["export", "labs.geojson", "--bbox"],
            ["export", "labs.geojson", "towns.geojson", "--precision", "1"],
            ["export", "shops.csv"],
            ["export", "schools", "--data", "catalogue", "--province", "대전"]),
        Session(
            "export-files", ["export", "towns.geojson", "-o", "out.csv"],
            ["export", "towns.geojson", "-o", "out.geojsonl"],
            ["export", "labs.geojson", "--crs", "EPSG:5186", "-o", "out.geojson"],
            files: ["out.csv", "out.geojsonl", "out.geojson"]),
        Session(
            "convert", ["convert", "towns.geojson", "labs.geojson", "out.csv"],
            [
                "convert", "towns.geojson", "-", "--where",
                "people > 30 and name not like 'Old%'", "--select", "people,name",
            ],
            [
                "convert", "towns.geojson", "near.geojson", "--bbox", "127,36,127.2,36.1",
                "--sort", "hilbert", "--style", "simplestyle",
            ],
            ["convert", "towns.geojson", "-", "--where", "peple > 30"],
            ["convert", "towns.geojson", "-", "--where", "people > 30 nor name = ''"],
            ["convert", "towns.geojson", "-", "--select", "nme"],
            ["convert", "towns.geojson"],
            ["convert", "towns.geojson", "out.ods"],
            files: ["out.csv", "near.geojson"]),
        Session(
            "info", ["info", "towns.geojson"], ["info", "shops.csv", "--json"],
            ["info", "island.geojson", "--quiet"], ["info", "nowhere.gpkg"]),
    ]
}
