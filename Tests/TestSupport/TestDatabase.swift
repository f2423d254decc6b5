import Foundation

/// The empty PostGIS database that `CLUSTERATLAS_POSTGIS` names, as `Scripts/postgis` makes one.
public enum TestDatabase {
    /// The words that open it: `host=… user=… dbname=…`; `nil` with a printed reason where there is
    /// none.
    public static var words: String? {
        let words = ProcessInfo.processInfo.environment["CLUSTERATLAS_POSTGIS"]
        if words == nil {
            print("skipped: CLUSTERATLAS_POSTGIS names no database (Scripts/postgis makes one)")
        }
        return words
    }

    /// The address of a new schema in it.
    public static var address: String? {
        guard let words else { return nil }
        var parts: [String: String] = [:]
        for pair in words.split(separator: " ") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            if sides.count == 2 { parts[sides[0]] = sides[1] }
        }
        func encoded(_ name: String) -> String {
            (parts[name] ?? "").addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        }
        let schema = "s" + UUID().uuidString.prefix(8).lowercased()
        let port = parts["port"].map { ":\($0)" } ?? ""
        return "postgis://\(encoded("user")):\(encoded("password"))@\(encoded("host"))\(port)/"
            + "\(encoded("dbname"))?schema=\(schema)"
    }
}
