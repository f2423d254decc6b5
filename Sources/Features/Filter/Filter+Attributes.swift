extension Filter {
    /// The names of the attributes in the condition, in the order in which they first stand there.
    public var attributes: [String] {
        names.sorted { $0.value < $1.value }.map(\.key)
    }
}
