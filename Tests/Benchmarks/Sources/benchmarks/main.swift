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
    print("       benchmarks DATA within|dissolve|zones|catchments|access|ready-access|matrix")
    print(
        "                  [--points 1M] [--facilities 1k] [--radius 5000] [--threads 1] [--repeat 3]"
    )
    print("                  [--method 2sfca]")
    print("       benchmarks FILE read [--repeat 3]")
    print("       benchmarks FILE convert [--to FILE]")
    print("       benchmarks FILE write [--to FILE] [--repeat 3]")
    print("       benchmarks ORLIB sites [--which orlib] [--limit 60] [--repeat 3]")
    print("                              orlib, graphs, plane, capacitated, covering,")
    print("                              peers (in DATA), medians or large; or one of")
    print("                              median [--nodes 200], cover [--demand 10000]")
    print(
        "                              [--candidates 2k], room [--count 100] [--room 1.2]; [-p 5]")
    print("                              [--verify] checks the proofs too")
    throw CancellationError()
}
let workload = Workload(
    folder: arguments[0], points: option("--points", "1M"),
    facilities: option("--facilities", "1k"), radius: Double(option("--radius", "5000")) ?? 5000,
    threads: threads, runs: runs)
switch arguments[1] {
case "within": try await workload.within()
case "dissolve": try await workload.dissolve()
case "zones": try await workload.zones()
case "catchments": try await workload.catchments()
case "access": try await workload.access(option("--method", "2sfca"))
case "ready-access": try await workload.readyAccess(option("--method", "2sfca"))
case "matrix": try await workload.matrix()
case "nearest":
    try await nearest(
        arguments[0], points: option("--points", "1M"), facilities: option("--facilities", "10k"),
        k: k, threads: threads, runs: runs)
case "read": try await readFile(arguments[0], runs: runs)
case "convert":
    try await convertFile(
        arguments[0], to: option("--to", arguments[0] + ".out.geojson"))
case "write":
    try await writeFile(
        arguments[0], to: option("--to", arguments[0] + ".out.geojson"), runs: runs)
case "sites":
    try await sites(
        arguments[0], which: option("--which", "orlib"),
        limit: Double(option("--limit", "60")) ?? 60, runs: runs,
        tasks: threads, verifies: arguments.contains("--verify"))
default:
    print(
        "no benchmark \"\(arguments[1])\"; there are: nearest, within, dissolve, zones, catchments,"
    )
    print("access, ready-access, matrix, read, write, convert, sites")
    throw CancellationError()
}
