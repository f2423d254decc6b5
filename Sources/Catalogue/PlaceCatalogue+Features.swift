public import Features
internal import Formats
public import Geometry

/// Which records of a layer are meant, and how they are drawn.
public struct PlaceView: Hashable, Sendable {
    /// How the place of a record is drawn.
    public enum Drawing: String, Hashable, Sendable, CaseIterable {
        /// As the point that stands for it.
        case point
        /// As an indicative circle of its recorded area around that point; never a boundary.
        case footprint
        /// As the simplified outline that its layer has.
        case outline
    }

    /// Which records are meant.
    public var listings: Set<PlaceCatalogue.Listing>
    /// The date on which the records are seen; `nil` for as they are written.
    public var date: PartialDate?
    /// How they are drawn.
    public var drawing: Drawing
    /// The days of which on one a place was there, seen as on the last of them; goes before the
    /// date.
    public var span: Span?

    /// The days from one to another.
    public struct Span: Hashable, Sendable {
        /// The first day; `nil` for from the beginning.
        public let start: PartialDate?
        /// The last day; `nil` for without an end, which shows records as they are written.
        public let end: PartialDate?

        /// Creates a span.
        ///
        /// - Parameters:
        ///   - start: The first day; `nil` for from the beginning.
        ///   - end: The last day; `nil` for without an end.
        public init(from start: PartialDate?, to end: PartialDate?) {
            self.start = start
            self.end = end
        }
    }

    /// Creates a view.
    ///
    /// - Parameters:
    ///   - listings: Which records are meant.
    ///   - date: The date on which the records are seen; `nil` for as they are written.
    ///   - drawing: How they are drawn.
    public init(
        listings: Set<PlaceCatalogue.Listing> = [.main], date: PartialDate? = nil,
        drawing: Drawing = .point
    ) {
        self.listings = listings
        self.date = date
        self.drawing = drawing
    }
}

extension PlaceCatalogue {
    /// Reads a layer, or all layers of a group, as features for people and analyses.
    ///
    /// Attributes are flat: names, status, where it is, how well its position is known, each fact
    /// as a column, the dates of events, and the identifiers of the sources.
    ///
    /// - Parameters:
    ///   - name: The name of a layer or of a group.
    ///   - view: Which records are meant, on which date, and how they are drawn.
    /// - Returns: A source of the features, which knows the files it was read from; the kind and
    ///   layer of each feature are attributes.
    /// - Throws: ``CatalogueError`` where there is no such layer (`unknownName`) or it has no outlines
    ///   to draw (`noOutlines`), and what ``records(of:)`` throws.
    public func source(of name: String, _ view: PlaceView = PlaceView()) throws -> MemorySource {
        guard let layers = layers(named: name) else { throw unknownLayer(name) }
        var collection = CollectionInfo(name: name)
        let span = view.span ?? view.date.map { PlaceView.Span(from: $0, to: $0) }
        let names = try span.map { _ in try namesOfPlaces() }
        var places: [Place] = []
        var outlines: [String: Shape] = [:]
        for layer in layers {
            var (read, inputs) = try self.read(layer)
            collection.inputs += inputs
            read = read.filter { view.listings.contains($0.listing) }
            if let span, let names {
                read = read.compactMap {
                    $0.during(
                        from: span.start, to: span.end, names: names, beginning: layer.beginning)
                }
            }
            places += read
            if view.drawing == .outline {
                let (shapes, input) = try self.outlines(of: layer)
                outlines.merge(shapes) { first, _ in first }
                collection.inputs += input
            }
        }
        if let names {
            collection.inputs += names.inputs.filter { !collection.inputs.contains($0) }
        }
        var batch = PlaceTable.features(of: places)
        switch view.drawing {
        case .point: break
        case .footprint: try PlaceTable.drawFootprints(of: places, in: &batch)
        case .outline:
            batch.geometry = GeometryColumn(places.map { outlines[$0.id] })
        }
        return MemorySource([batch], collection: collection)
    }

    /// Reads a layer, or all layers of a group, into one batch; see ``source(of:_:)``.
    ///
    /// - Parameters:
    ///   - name: The name of a layer or of a group.
    ///   - view: Which records are meant, on which date, and how they are drawn.
    /// - Returns: The features.
    /// - Throws: What ``source(of:_:)`` throws.
    public func features(of name: String, _ view: PlaceView = PlaceView()) throws -> FeatureBatch {
        var source: any FeatureSource = try source(of: name, view)
        return try source.readAll()
    }

    /// Reads the records of a layer as they stood on a date.
    ///
    /// - Parameters:
    ///   - layer: One of ``layers``.
    ///   - date: The date.
    /// - Returns: The records that were there, in the order of the file.
    /// - Throws: What ``records(of:)`` throws.
    public func records(of layer: LayerInfo, asOf date: PartialDate) throws -> [Place] {
        let names = try namesOfPlaces()
        return try records(of: layer).compactMap {
            $0.asOf(date, names: names, beginning: layer.beginning)
        }
    }

    /// What provinces and municipalities were called, and the files that say so.
    public func namesOfPlaces() throws -> NamesOfPlaces {
        var inputs: [InputRecord] = []
        func places(_ kind: String) throws -> [Place] {
            try layers.filter { $0.kind == kind }.flatMap { layer in
                let (places, read) = try read(layer)
                inputs += read
                return places
            }
        }
        let provinces = try places("province")
        let municipalities = try places("municipality")
        return NamesOfPlaces(
            provinces: provinces, municipalities: municipalities, inputs: inputs)
    }

    /// Finds the municipality in which a position lies, by the simplified outlines.
    ///
    /// - Parameter position: Longitude, latitude in degrees.
    /// - Returns: The municipality; `nil` in the sea, abroad, or where the catalogue has no outlines.
    /// - Throws: What reading the layer throws, `GeometryError` where an outline is broken.
    /// - Complexity: O(n) in the municipalities' outlines.
    public func municipality(at position: Position) throws -> PlaceHeading? {
        for layer in layers where layer.kind == "municipality" && layer.outlines != nil {
            let (shapes, _) = try outlines(of: layer)
            let found = try shapes.sorted { $0.key < $1.key }.first { _, shape in
                guard let box = shape.envelope, box.covers(position) else { return false }
                return try PreparedArea(shape).covers(position)
            }
            if let found { return try headings(of: layer).first { $0.id == found.key } }
        }
        return nil
    }

    /// The outlines of a layer by the identifiers of its records, polygons in longitude, latitude.
    ///
    /// - Parameter layer: One of ``layers``.
    /// - Returns: The outlines, and the file they were read from.
    /// - Throws: ``CatalogueError`` (`noOutlines`) where the layer has none, `FormatError` where
    ///   they cannot be read.
    func outlines(of layer: LayerInfo) throws -> ([String: Shape], [InputRecord]) {
        guard let file = layer.outlines else {
            let drawn = layers.filter { $0.outlines != nil }.map(\.name)
            throw CatalogueError(
                .noOutlines, at: "", "the layer \(layer.name) has no outlines",
                remedy: drawn.isEmpty
                    ? nil : "the layers that have are \(drawn.joined(separator: ", "))")
        }
        var source = try openSource(file)
        let batch = try source.readAll()
        var outlines: [String: Shape] = [:]
        for row in 0..<batch.count {
            if let id = batch.id(row), let shape = batch.geometry[row] { outlines[id] = shape }
        }
        return (outlines, source.collection.inputs)
    }

    private func unknownLayer(_ name: String) -> CatalogueError {
        let near = Spelling.nearest(to: name, in: layerNames)
        return CatalogueError(
            .unknownName, at: "", "the catalogue has no layer \"\(name)\"",
            remedy: (near.map { "did you mean \($0)? " } ?? "")
                + "its layers are \(layerNames.joined(separator: ", "))")
    }
}
