extension LinearFormulation {
    /// The program in free MPS format, as solvers read it; columns are `C0`, `C1`, … and rows `R0`, ….
    ///
    /// - Parameter scale: By which the objective is multiplied.
    /// - Returns: The text.
    func mps(scale: Double) -> String {
        // The terms by column, by counting.
        var places = [Int](repeating: 0, count: width + 1)
        for column in columns { places[Int(column) + 1] += 1 }
        for column in 0..<width { places[column + 1] += places[column] }
        var next = places
        var order = [(row: Int32, coefficient: Double)](
            repeating: (0, 0), count: columns.count)
        for row in 0..<rows {
            for term in starts[row]..<starts[row + 1] {
                order[next[Int(columns[term])]] = (Int32(row), coefficients[term])
                next[Int(columns[term])] += 1
            }
        }
        var text = "NAME sites\nROWS\n N OBJ\n"
        for (row, relation) in relations.enumerated() {
            switch relation {
            case .atMost: text += " L R\(row)\n"
            case .atLeast: text += " G R\(row)\n"
            case .equal: text += " E R\(row)\n"
            }
        }
        text += "COLUMNS\n"
        var isInside = false
        var markers = 0
        for column in 0..<width {
            if isWhole[column] != isInside {
                isInside.toggle()
                text += " M\(markers) 'MARKER' '\(isInside ? "INTORG" : "INTEND")'\n"
                markers += 1
            }
            text += " C\(column) OBJ \(costs[column] * scale)\n"
            for place in places[column]..<places[column + 1] {
                text += " C\(column) R\(order[place].row) \(order[place].coefficient)\n"
            }
        }
        if isInside { text += " M\(markers) 'MARKER' 'INTEND'\n" }
        text += "RHS\n"
        for (row, side) in sides.enumerated() where side != 0 { text += " RHS R\(row) \(side)\n" }
        text += "BOUNDS\n"
        for column in 0..<width {
            if lower[column] == upper[column] {
                text += " FX BND C\(column) \(lower[column])\n"
            } else {
                if lower[column] != 0 { text += " LO BND C\(column) \(lower[column])\n" }
                text += " UP BND C\(column) \(upper[column])\n"
            }
        }
        return text + "ENDATA\n"
    }
}
