import ArgumentParser
import Features
import Formats
import Geometry
import Studies

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

@main
struct ClusterAtlasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clusteratlas",
        abstract: "Locates Korea's innovation clusters and measures how they lie to each other.",
        discussion: """
            Distances are metres along the geodesic on the WGS 84 ellipsoid. A LAYER is the
            name of a layer of the catalogue (see `clusteratlas layers`), a file (.geojson,
            .csv, .gpkg, .shp, .xlsx …, or one of its layers as zones.gpkg:parcels), or -
            for GeoJSON on standard input.

            Try this first:
              clusteratlas locate daedeok
              clusteratlas proximity innovation-cities --to universities -o near.geojson
              clusteratlas coverage universities --by clusters --within 10km -o c.geojson
            """,
        version: Release.version,
        groupedSubcommands: [
            CommandGroup(
                name: "Catalogue",
                subcommands: [
                    LayersCommand.self, LocateCommand.self, ShowCommand.self, ExportCommand.self,
                    ImportCommand.self,
                ]),
            CommandGroup(
                name: "Files",
                subcommands: [InfoCommand.self, ConvertCommand.self, CheckCommand.self]),
            CommandGroup(
                name: "Proximity",
                subcommands: [ProximityCommand.self, MatrixCommand.self, PatternCommand.self]),
            CommandGroup(
                name: "Coverage and catchment",
                subcommands: [
                    CoverageCommand.self, EquityCommand.self, CatchmentCommand.self,
                    HinterlandCommand.self, AllocateCommand.self, HuffCommand.self,
                    AccessibilityCommand.self,
                ]),
            CommandGroup(
                name: "Clusters",
                subcommands: [
                    ProfileCommand.self, ConvergenceCommand.self, LinkagesCommand.self,
                    ConcentrationCommand.self,
                ]),
            CommandGroup(name: "Siting", subcommands: [SitesCommand.self]),
            CommandGroup(name: "Service", subcommands: [ServeCommand.self]),
            CommandGroup(
                name: "Studies and maps",
                subcommands: [
                    RunCommand.self, ReplayCommand.self, BlameCommand.self, CiteCommand.self,
                    MapCommand.self, ReportCommand.self,
                ]),
        ])

    static func main() async {
        // A reader that closes the pipe early is not an error; writes then fail with EPIPE.
        signal(SIGPIPE, SIG_IGN)
        StepProcess.begin()
        var words = [configuration.commandName ?? ""]
        refuseUnknownCommand()
        do {
            var command = try parseAsRoot()
            words += Self.words(of: type(of: command))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            StepNotes.tell()
        } catch let error as FormatError where error.code == .closedPipe {
            endProcess(0)
        } catch let error as any ExplainedError {
            Terminal.complain("Error: \(error)")
            endProcess(1)
        } catch let error as ValidationError {
            // Thrown by a command that was running; ArgumentParser would show the root's usage.
            Terminal.complain(
                "Error: \(error.message)\n"
                    + "  See '\(words.joined(separator: " ")) --help' for more information.")
            endProcess(ExitCode.validationFailure.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}

extension ClusterAtlasCommand {
    /// The words by which a command is called, behind the program's name.
    private static func words(of command: any ParsableCommand.Type) -> [String] {
        guard let name = command.configuration.commandName else { return [] }
        for group in configuration.subcommands
        where group.configuration.subcommands.contains(where: { $0 == command }) {
            return [group.configuration.commandName ?? "", name]
        }
        return [name]
    }

    /// Names the nearest command where the first word is none, which ArgumentParser would call an
    /// unexpected argument.
    private static func refuseUnknownCommand() {
        let words = CommandLine.arguments
        if words.count < 2 || words[1].hasPrefix("-") { return }
        var names = ["help"]
        for command in configuration.subcommands {
            if let name = command.configuration.commandName { names.append(name) }
        }
        if names.contains(words[1]) { return }
        var message = "Error: Unknown command '\(words[1])'. "
        if let near = Spelling.nearest(to: words[1], in: names) {
            message += "Did you mean '\(near)'? "
        }
        message += "The commands are \(names.joined(separator: ", ")).\n"
        Terminal.complain(message + "  See 'clusteratlas --help' for more information.")
        endProcess(ExitCode.validationFailure.rawValue)
    }
}

/// Ends the process; named apart from ArgumentParser's `exit`.
func endProcess(_ code: Int32) -> Never {
    fflush(nil)
    #if canImport(Glibc)
        Glibc.exit(code)
    #else
        Darwin.exit(code)
    #endif
}
