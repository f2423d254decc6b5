public import Features
internal import Formats

/// The administrative names of a day: what provinces and municipalities were called then.
public struct NamesOfPlaces: Sendable {
    private let provinces: [String: Place]
    private let municipalities: [String: Place]
    /// The files that say so.
    let inputs: [InputRecord]

    /// Creates the names.
    ///
    /// - Parameters:
    ///   - provinces: The provinces with the names they bore before.
    ///   - municipalities: The municipalities with the names they bore and the provinces they
    ///     belonged to before.
    ///   - inputs: The files that say so.
    public init(
        provinces: [Place], municipalities: [Place], inputs: [InputRecord] = []
    ) {
        self.inputs = inputs
        self.provinces = Dictionary(
            provinces.map { ($0.nameKO, $0) }, uniquingKeysWith: { first, _ in first })
        self.municipalities = Dictionary(
            municipalities.compactMap { place in place.municipalityCode.map { ($0, place) } },
            uniquingKeysWith: { first, _ in first })
    }

    /// What a province and a municipality were called on a date.
    ///
    /// - Parameters:
    ///   - place: A record that lies there.
    ///   - date: The date.
    /// - Returns: The names then; those of the record where no other is known.
    func names(
        around place: PlaceHeading, on date: PartialDate
    ) -> (province: String?, municipality: String?) {
        let municipality = place.municipalityCode.flatMap { municipalities[$0] }
        // A municipality that changed hands bears the name its province had then already.
        let moved = municipality?.formerProvinces.first { isInForce($0.until, on: date) }
        let province =
            moved?.province
            ?? place.province.map { name in
                provinces[name]?.formerName(on: date)?.nameKO ?? name
            }
        return (province, municipality?.formerName(on: date)?.nameKO ?? place.municipality)
    }
}

/// Whether what held up to and including a day still held on a date.
private func isInForce(_ until: String, on date: PartialDate) -> Bool {
    PartialDate(until).map { date <= $0 } ?? false
}

extension Place {
    /// The name it bore on a date, where that was not its present one.
    func formerName(on date: PartialDate) -> FormerName? {
        formerNames.first { isInForce($0.until, on: date) }
    }

    /// Events with which a place comes to be.
    private static let beginnings: Set<String> = ["designated", "opened", "founded"]
    /// Events before a place comes to be, of which alone it can be known.
    private static let intentions: Set<String> = ["announced", "planned", "proposed"]
    /// Events with which a place ceases to be.
    private static let endings: Set<String> = ["lifted", "closed"]
    /// The status that an event leads to; other events leave it as it was.
    private static let statusAfter = [
        "announced": "announced", "planned": "planned", "proposed": "proposed",
        "designated": "designated", "opened": "operating", "founded": "operating",
        "completed": "operating", "relocated": "operating", "lifted": "lifted",
        "closed": "closed",
    ]

    /// The first date on which the place was there, as far as it is recorded.
    ///
    /// The event with which records of its layer begin (`founded` for universities), or the year
    /// that the fact of that name gives; for layers without one its designation, opening or
    /// foundation, or else its completion. What is only announced, planned or proposed begins with
    /// that.
    ///
    /// - Parameter beginning: The event with which records of its layer begin, where it says one.
    /// - Returns: The date; `nil` where none is recorded.
    public func start(with beginning: String? = nil) -> PartialDate? {
        func earliest(_ names: Set<String>) -> PartialDate? {
            let dates = events.filter { names.contains($0.name) }
            return dates.compactMap { PartialDate($0.date) }.min()
        }
        func year(_ name: String) -> PartialDate? {
            fact(name)?.value.int.flatMap { PartialDate(String($0)) }
        }
        let start =
            if let beginning {
                earliest([beginning]) ?? year(beginning)
            } else {
                earliest(Self.beginnings) ?? year("founded") ?? earliest(["completed"])
            }
        return start ?? earliest(Self.intentions)
    }

    /// The record as it stood on a date.
    ///
    /// It takes the status its events had led to, the names it and its surroundings bore, and of
    /// each fact the latest value that is not younger. A figure that is dated later, with none
    /// before it, is left out, for it may have been another; one without a date always holds, and
    /// so do years and words.
    ///
    /// - Parameters:
    ///   - date: The date; a year or a month stands for its last day.
    ///   - names: What provinces and municipalities were called.
    ///   - beginning: The event with which records of its layer begin, where it says one.
    /// - Returns: The record; `nil` where the place was not there yet or any more. A record whose
    ///   beginning has no date counts as having always been there.
    public func asOf(
        _ date: PartialDate, names: NamesOfPlaces, beginning: String? = nil
    ) -> Place? {
        hasEnded(by: date) ? nil : stood(on: date, names: names, beginning: beginning)
    }

    /// The record as it stood at the end of a span of days in which the place was there.
    ///
    /// - Parameters:
    ///   - start: The first day of the span; `nil` for from the beginning.
    ///   - end: The last day of the span; `nil` for as the record is written.
    ///   - names: What provinces and municipalities were called.
    ///   - beginning: The event with which records of its layer begin, where it says one.
    /// - Returns: The record; `nil` where the place was there on no day of the span.
    public func during(
        from start: PartialDate?, to end: PartialDate?, names: NamesOfPlaces,
        beginning: String? = nil
    ) -> Place? {
        if let start, hasEnded(by: start) { return nil }
        return end.map { stood(on: $0, names: names, beginning: beginning) } ?? self
    }

    /// Whether the place was not there any more on a date.
    private func hasEnded(by date: PartialDate) -> Bool {
        events.contains { event in
            Self.endings.contains(event.name)
                && PartialDate(event.date).map { $0 <= date } ?? false
        }
    }

    /// The record as it stood on a date, even if the place was not there any more.
    private func stood(
        on date: PartialDate, names: NamesOfPlaces, beginning: String?
    ) -> Place? {
        if let start = start(with: beginning), start > date { return nil }
        let dated = events.compactMap { event in PartialDate(event.date).map { ($0, event) } }
        let past = dated.filter { $0.0 <= date }
        var place = self
        place.events = past.map(\.1)
        if past.count < dated.count {
            // A university that is designated for a programme has not become a designated place.
            let telling = past.filter { $0.1.name != "designated" || beginning == nil }
            let led = telling.sorted { $0.0 < $1.0 }.compactMap { Self.statusAfter[$0.1.name] }
            if let status = led.last { place.heading.status = status }
        }
        place.facts = facts.compactMap { $0.asOf(date) }
        if let former = formerName(on: date) {
            place.heading.nameKO = former.nameKO
            if !former.nameEN.isEmpty { place.heading.nameEN = former.nameEN }
        }
        let around = names.names(around: heading, on: date)
        place.heading.province = around.province
        place.heading.municipality = around.municipality
        return place
    }
}

extension Place.Fact {
    /// Facts that are years, whose date tells only when somebody wrote them down.
    private static let years: Set<String> = [
        "founded", "opened", "designated", "completed", "relocated",
    ]

    fileprivate func asOf(_ date: PartialDate) -> Place.Fact? {
        let holds = { (fact: Place.Fact) in
            guard let text = fact.date, let known = PartialDate(text) else { return true }
            return known <= date
        }
        if holds(self) { return self }
        if let before = earlier.last(where: holds) { return before }
        let isFigure = value.number != nil && !Self.years.contains(name)
        return isFigure ? nil : self
    }
}
