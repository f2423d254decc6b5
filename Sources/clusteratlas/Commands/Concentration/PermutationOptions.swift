import ArgumentParser
import Features

/// The permutations beside which a figure is judged.
struct PermutationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How many permutations are drawn; 0 for none.", valueName: "n"))
    var permutations = 999

    @Option(help: ArgumentHelp("The seed of the permutations.", valueName: "n"))
    var seed: UInt64 = 1

    func validate() throws {
        if permutations < 0 {
            throw ValidationError(
                "--permutations takes a number of at least 0, not \(permutations)")
        }
    }

    /// Says in a result's provenance which permutations were drawn.
    func describe(in provenance: inout Provenance) {
        provenance.set("permutations", .int(Int64(permutations)))
        provenance.set("seed", .int(Int64(bitPattern: seed)))
    }
}
