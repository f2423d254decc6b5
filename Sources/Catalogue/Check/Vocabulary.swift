/// The words that records may use; what they mean stands in `GeoData/README.md`.
enum Vocabulary {
    static let properties: Set<String> = [
        "kind", "name_ko", "name_en", "aliases", "former_names", "listing", "status",
        "biz_park_type", "code", "province", "municipality", "municipality_code",
        "former_places", "position", "facts", "events", "links", "note_en", "note_ko",
    ]
    static let required = [
        "kind", "name_ko", "name_en", "aliases", "listing", "status", "facts", "events", "links",
    ]
    static let statuses: Set<String> = [
        "announced", "proposed", "planned", "designated", "under-construction", "operating",
        "completed", "changed", "lifted", "closed", "reference",
    ]
    static let bizParkTypes: Set<String> = ["biz-park", "urban-high-tech"]
    static let bases: Set<String> = [
        "official-point", "campus", "station", "site", "dong-centroid", "address", "estimated",
        "of-district", "municipality-centroid",
    ]
    static let events: Set<String> = [
        "announced", "planned", "proposed", "designated", "extended", "reduced", "renamed",
        "opened", "founded", "completed", "merged", "relocated", "lifted", "closed",
    ]
    static let relations: Set<String> = [
        "part-of", "inside", "overlaps", "near", "campus-of", "member", "anchored-by", "about",
        "covers", "partner", "led-by", "relocated-to", "successor-of",
    ]
    static let confidences: Set<String> = ["high", "medium", "low"]
    /// The source of what is general reference, not yet tied to a publication.
    static let compiled = "compiled"
}
