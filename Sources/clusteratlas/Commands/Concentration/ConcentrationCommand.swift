import ArgumentParser

struct ConcentrationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "concentration",
        abstract: "Tells whether, where and how densely things lie together.",
        discussion: """
            Example:
              clusteratlas concentration quotient universities stations --by province
              clusteratlas concentration moran municipalities --value population \\
                --per area_km2 -o moran.geojson
              clusteratlas concentration groups industrial-complexes --within 5km \\
                --least 5 -o groups.geojson
              clusteratlas concentration density universities --bandwidth 15km \\
                -o density.geojson
            """,
        subcommands: [
            QuotientCommand.self, MoranCommand.self, HotspotsCommand.self, GroupsCommand.self,
            DensityCommand.self,
        ])
}
