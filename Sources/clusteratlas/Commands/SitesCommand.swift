import ArgumentParser

struct SitesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sites",
        abstract: "Chooses sites, and proves the choice.",
        discussion: """
            The question says who needs what; the answer says how far it is proven, and
            holds the proof, which anyone can check without trusting the solver.
            """,
        subcommands: [
            SitesGridCommand.self, SitesPointsCommand.self, SitesScreenCommand.self,
            SitesScoreCommand.self, SitesSelectCommand.self, SitesCurveCommand.self,
            SitesVerifyCommand.self,
        ])
}
