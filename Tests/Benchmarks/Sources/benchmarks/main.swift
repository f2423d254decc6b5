import ClusterAtlasKit

let arguments = Array(CommandLine.arguments.dropFirst())

/// The value of an option on the command line.
func option(_ name: String, _ usual: String) -> String {
    guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return usual }
    return arguments[at + 1]
}

guard arguments.count >= 2, let threads = Int(option("--threads", "1")),
    let runs = Int(option("--repeat", "3")), let k = Int(option("-k", "1"))
else {
    print("usage: benchmarks DATA nearest [--points 1M] [--facilities 10k] [-k 1] [--threads 1]")
    print("                              [--repeat 3]")
    print("       benchmarks FILE read [--repeat 3]")
    print("       benchmarks FILE write [--to FILE] [--repeat 3]")
    print("       benchmarks ORLIB sites [--which orlib] [--limit 60] [--repeat 3]")
    print("                              orlib, graphs, plane, covering,")
    print("                              medians or large")
    throw CancellationError()
}
switch arguments[1] {
case "nearest":
    try await nearest(
        arguments[0], points: option("--points", "1M"), facilities: option("--facilities", "10k"),
        k: k, threads: threads, runs: runs)
case "read": try await readFile(arguments[0], runs: runs)
case "write":
    try await writeFile(
        arguments[0], to: option("--to", arguments[0] + ".out.geojson"), runs: runs)
case "sites":
    try await sites(
        arguments[0], which: option("--which", "orlib"),
        limit: Double(option("--limit", "60")) ?? 60, runs: runs)
default:
    print("no benchmark \"\(arguments[1])\"; there are: nearest, read, write, sites")
    throw CancellationError()
}
