import Analysis
import Features
import Foundation
import Geometry
import TestSupport
import Testing

/// The layers of the reference data, where they stand beside the checkout.
struct RealLayersTests {
    /// The fields of a line of CSV, some of them in quotation marks.
    private func fields(_ line: Substring) -> [String] {
        var fields = [""]
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].append(character)
            }
        }
        return fields
    }

    /// Positions and attributes of a file with the columns id, name_ko, lon and lat.
    private func layer(_ file: URL) throws -> (batch: FeatureBatch, positions: [Position?]) {
        let text = try String(contentsOf: file, encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline)
        let header = fields(try #require(lines.first))
        func at(_ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
        let (id, name, x, y) = (try at("id"), try at("name_ko"), try at("lon"), try at("lat"))
        let rows = lines.dropFirst().map(fields)
        let positions =
            try rows.map {
                // Some have no place, and say so with empty fields.
                $0[x].isEmpty
                    ? nil : Position(try #require(Double($0[x])), try #require(Double($0[y])))
            } as [Position?]
        let batch = FeatureBatch(points: positions, ids: .string(rows.map { $0[id] }))
            .with("name_ko", .string(rows.map { $0[name] }))
        return (batch, positions)
    }

    @Test func `universities and innovation places are as far apart as Karney says`() throws {
        guard let universities = SharedData.file("universities.csv"),
            let places = SharedData.file("innovation_places.csv")
        else { return }
        let from = try layer(universities)
        let to = try layer(places)
        #expect(from.positions.count > 400 && to.positions.count > 50)
        let k = 3
        let proximity = try Proximity(
            targets: [FacilityLayer(name: "innovation_places", to.batch)], k: k)
        let result = try proximity.measure(from.batch, layer: "universities").batch
        let columns = (1...k).map { rank in
            (
                ids: result.texts("innovation_places_\(rank)_id"),
                names: result.texts("innovation_places_\(rank)_name"),
                metres: result.numbers("innovation_places_\(rank)_m")
            )
        }
        for (row, position) in from.positions.enumerated() {
            let position = try #require(position)
            let expected = scan(to.positions, from: position)
            for rank in 0..<k {
                #expect(columns[rank].ids[row] == to.batch.id(expected[rank].index))
                #expect(
                    columns[rank].names[row] == to.batch["name_ko"]?[expected[rank].index].text)
                let metres = try #require(columns[rank].metres[row])
                #expect(abs(metres - expected[rank].distance) <= micrometre)
            }
        }
    }

    @Test func `catchments of innovation places hold every university once`() throws {
        guard let universities = SharedData.file("universities.csv"),
            let places = SharedData.file("innovation_places.csv")
        else { return }
        let from = try layer(universities)
        let to = try layer(places)
        let catchment = try Catchment(of: FacilityLayer(name: "innovation_places", to.batch))
        var tally = CatchmentTally(of: catchment)
        try tally.add(catchment.assign(from.batch, layer: "universities"))
        #expect(tally.counts.reduce(0, +) == from.positions.count)
        let areas = try catchment.areas(dividing: nil, tally)
        let drawn = try areas.geometry.shapes.map { try $0.map { try PreparedArea($0) } }
        for position in from.positions.compactMap({ $0 }) {
            let ranked = scan(to.positions, from: position)
            // Within a metre of equal distance the drawing decides.
            if ranked[1].distance - ranked[0].distance < 2 { continue }
            #expect(try drawn[ranked[0].index]?.covers(position) == true)
        }
    }
}
