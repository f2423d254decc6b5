import Maps

/// What attributes are called, for people.
enum FieldWords {
    /// The name in both languages as markup.
    static func of(_ field: String) -> String {
        let name = FieldName.of(field)
        guard let korean = name.korean, korean != name.english else {
            return Page.escaped(name.english)
        }
        return "\(Page.escaped(korean)) <span lang=\"en\">\(Page.escaped(name.english))</span>"
    }

    /// The name in both languages as text.
    static func text(_ field: String) -> (korean: String?, english: String) {
        let name = FieldName.of(field)
        return (name.korean, name.english)
    }
}
