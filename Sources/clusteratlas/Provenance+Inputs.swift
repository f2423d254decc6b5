import Features

extension Provenance {
    /// Adds a layer that was read whole.
    mutating func add(_ layer: InputOptions.Whole) {
        add(layer.inputs)
        catalogueVersion = catalogueVersion ?? layer.catalogueVersion
    }

    /// Adds a layer that has been read to its end.
    mutating func add(_ layer: InputOptions.Opened) {
        add(layer.source.collection.inputs)
        catalogueVersion = catalogueVersion ?? layer.catalogueVersion
    }

    /// Adds a parameter given as texts.
    mutating func set(_ name: String, _ text: String?) { set(name, text.map { .string($0) }) }

    /// What is said of a result: the members of the collection it was made from, with this in the
    /// place of what that said of its own making.
    func of(_ collection: CollectionInfo) -> CollectionInfo {
        var result = collection
        result.foreignMembers.removeAll { $0.name == member.name }
        result.foreignMembers.append(member)
        return result
    }
}
