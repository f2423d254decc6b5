import ArgumentParser

/// How much the features of the demand count.
struct WeightOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The field that says how much each demand feature counts.", valueName: "field"))
    var weight: String?
}
