import HTTPTypes

/// All that the service answers.
struct RouteTable: Sendable {
    let routes: [Route]

    /// What a request is.
    enum Match {
        case call(Call)
        /// The path is known; these methods are answered.
        case methods([HTTPRequest.Method])
    }

    /// Finds the route of a request and checks its parameters.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - base: Where clients find the service.
    /// - Returns: The call, or for another method than those of the path which these are.
    /// - Throws: ``Problem``: 404 for a path that is none, 400 for parameters that are unknown,
    ///   given twice or hold what they cannot.
    func match(_ request: ServiceRequest, base: String) throws(Problem) -> Match {
        let target = try RequestTarget(request.target)
        let wanted = request.method == .head ? .get : request.method
        var methods: [HTTPRequest.Method] = []
        for route in routes {
            guard let variables = route.variables(in: target.path) else { continue }
            guard route.method == wanted else {
                methods.append(route.method)
                continue
            }
            return .call(try call(route, request, variables, target.query, base))
        }
        guard methods.isEmpty else { return .methods(methods) }
        throw Problem(
            .notFound, "no-such-path",
            "There is nothing at \(request.target.prefix { $0 != "?" }.prefix(200)). "
                + "What there is stands in /openapi.json.")
    }

    private func call(
        _ route: Route, _ request: ServiceRequest, _ variables: [String: String],
        _ query: [(name: String, value: String)], _ base: String
    ) throws(Problem) -> Call {
        var values = variables
        var attributes: [(name: String, value: String)] = []
        for parameter in route.parameters where parameter.place == .path {
            // A word of a path that is none is not there, rather than wrong.
            if case .choice = parameter.kind { continue }
            try parameter.check(variables[parameter.name] ?? "")
        }
        for (name, value) in query {
            guard
                let parameter = route.parameters.first(where: {
                    $0.place == .query && $0.name == name
                })
            else {
                guard route.takesAttributes else { throw Self.unknown(name, route) }
                if attributes.contains(where: { $0.name == name }) { throw Self.repeated(name) }
                attributes.append((name, value))
                continue
            }
            guard values[name] == nil else { throw Self.repeated(name) }
            try parameter.check(value)
            values[name] = value
        }
        return Call(
            request: request, route: route, values: values, attributes: attributes, base: base)
    }

    private static func repeated(_ name: String) -> Problem {
        let shown = String(name.prefix(80))
        return Problem(
            .badRequest, "repeated-parameter", "\(shown) is given twice.", parameter: shown)
    }

    /// The problem of a parameter that a route does not have.
    static func unknown(
        _ name: String, _ route: Route, attributes: [String] = []
    ) -> Problem {
        let known = route.parameters.filter { $0.place == .query }.map(\.name) + attributes
        return Problem(
            .badRequest, "unknown-parameter",
            "There is no parameter \"\(name.prefix(80))\" here. "
                + (known.isEmpty
                    ? "There are none." : "There are \(known.joined(separator: ", "))."),
            parameter: String(name.prefix(80)))
    }
}
