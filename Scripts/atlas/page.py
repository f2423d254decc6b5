"""The part of the page "The Catalogue and its Sources" that is made from the data."""

import statistics
from collections import Counter, defaultdict

from atlas.figures import CLASSES, metres
from atlas.keys import completeness, compiled_keys
from atlas.markdown import bullets, listed, paragraph, percent, table

PUBLISHERS = 10
PERIODS = [(0, 1999), (2000, 2009), (2010, 2014), (2015, 2019), (2020, 2024), (2025, 9999)]


def counts(catalogue):
    rows = []
    for layer in catalogue.layers:
        levels = Counter(s.confidence for s in layer.statements)
        all_said = len(layer.statements)
        rows.append(
            [
                layer.name, len(layer.main), len(layer.records) - len(layer.main) or "",
                percent(len(layer.placed), len(layer.records)), f"{all_said:,}",
                percent(*layer.share(lambda s: s.is_published)),
                percent(*layer.share(lambda s: len(s.sources) > 1)),
                *(percent(levels[c], all_said) for c in ("high", "medium", "low")),
                catalogue.latest(layer) or "–",
            ]
        )
    records = [r for layer in catalogue.layers for r in layer.records]
    said = [s for r in records for s in r.statements]
    levels = Counter(s.confidence for s in said)
    main = sum(r.is_main for r in records)
    rows.append(
        [
            "**all**", f"{main:,}", len(records) - main,
            percent(sum(r.at is not None for r in records), len(records)), f"{len(said):,}",
            percent(sum(s.is_published for s in said), len(said)),
            percent(sum(len(s.sources) > 1 for s in said), len(said)),
            *(percent(levels[c], len(said)) for c in ("high", "medium", "low")),
            max(catalogue.latest(layer) for layer in catalogue.layers),
        ]
    )
    return [
        "### What the layers hold",
        "",
        *paragraph(
            "*Main* records are the places of a layer, *other* ones wholes, parts and references. "
            "*Placed* is the share of records with a position. *Facts* are all statements with a "
            "source: facts, their earlier values, events and former names; positions are counted "
            "below. *Published* is the share tied to a publication, *two or more* the share tied "
            "to several sources; *high*, *medium* and *low* are shares by confidence. *Latest* is "
            f"the latest date of a fact, plans after {catalogue.date[:7]} left out."
        ),
        *table(
            [
                "layer", "main", "other", "placed", "facts", "published", "two or more", "high",
                "medium", "low", "latest",
            ],
            rows,
        ),
    ]


def complete(catalogue):
    rows = []
    for layer in catalogue.layers:
        classes = [[], [], []]
        for label, held, able in completeness(layer):
            if held == able:
                classes[0].append(label)
            else:
                classes[1 if 2 * held >= able else 2].append(f"{label} {percent(held, able)}")
        rows.append([layer.name, *(", ".join(texts) for texts in classes)])
    return [
        "### How complete the layers are",
        "",
        *paragraph(
            "The facts that people ask for first, and the share of main records that hold them; of "
            "those that can have them, where not all can (an airport that is only planned has no "
            "code)."
        ),
        *table(["layer", "all", "half or more", "fewer than half"], rows, left=4),
    ]


def accuracy(catalogue):
    ends = [f"≤ {metres(end)}" for end in CLASSES] + [f"> {metres(CLASSES[-1])}"]
    head = ["layer", *ends, "median"]
    rows = []
    for layer in catalogue.layers:
        values = [r.accuracy for r in layer.main if r.at]
        if values:
            classes = [n or "" for n in layer.accuracies()]
            rows.append([layer.name, *classes, metres(statistics.median_low(values))])
    values = [r.accuracy for layer in catalogue.layers for r in layer.main if r.at]
    sums = [sum(c) for c in zip(*(layer.accuracies() for layer in catalogue.layers))]
    middle = metres(statistics.median_low(values))
    rows.append(["**all**", *(f"{n:,}" for n in sums), middle])
    rows.append(["share", *(percent(n, len(values)) for n in sums), ""])

    by_basis = defaultdict(list)
    for layer in catalogue.layers:
        for record in layer.placed:
            by_basis[record.properties["position"]["basis"]].append(record)
    placed = sum(map(len, by_basis.values()))
    bases = []
    for basis, records in sorted(by_basis.items(), key=lambda item: (-len(item[1]), item[0])):
        levels = Counter(r.position.confidence for r in records)
        bases.append(
            [
                f"`{basis}`", len(records), percent(len(records), placed),
                percent(sum(r.position.is_all_published for r in records), len(records)),
                *(percent(levels[c], len(records)) for c in ("high", "medium", "low")),
                metres(statistics.median_low(r.accuracy for r in records)),
            ]
        )
    return [
        "### How exact the positions are",
        "",
        *paragraph(
            "Main records by `position_accuracy_m`, which says how far the middle of a place may "
            "lie off. Of provinces and municipalities it tells how far their area reaches rather "
            "than how well a point is known."
        ),
        "![Shares of each layer with a position within 100 m, 300 m, 1, 3 and 10 km]"
        "(position-accuracy)",
        "",
        *table(head, rows),
        *paragraph(
            "All records by the way their position was found (`position_basis`), with the share "
            "of positions that rest on publications alone (a town's boundary says little where the "
            "address is `compiled`), and by confidence:"
        ),
        *table(
            ["basis", "records", "share", "published", "high", "medium", "low", "median"], bases
        ),
    ]


def holes(catalogue):
    key_facts = []
    for layer in catalogue.layers:
        lacking = [
            f"{label} ({held} of {able})"
            for label, held, able in completeness(layer)
            if 2 * held < able
        ]
        if lacking:
            key_facts.append(f"`{layer.name}`: {listed(lacking)}.")

    records = [(layer, r) for layer in catalogue.layers for r in layer.records]
    weak = []
    unplaced = Counter(layer.name for layer, r in records if not r.at)
    weak.append(
        "Records without a position: "
        + listed([f"{name} {n}" for name, n in unplaced.most_common()]) + "."
    )
    compiled = Counter(
        layer.name
        for layer, r in records
        if r.statements and not any(s.is_published for s in r.statements)
    )
    weak.append(
        f"Records of which no fact is tied to a publication: {sum(compiled.values())} of "
        f"{len(records):,}"
        + (": " + listed([f"{n} {c}" for n, c in compiled.most_common()]) if compiled else "") + "."
    )
    low = Counter(
        layer.name
        for layer, r in records
        if r.statements and all(s.confidence == "low" for s in r.statements)
    )
    if low != compiled:
        weak.append(
            "Records of which all facts are of low confidence: "
            + (listed([f"{n} {c}" for n, c in low.most_common()]) or "none") + "."
        )
    half = [
        f"{layer.name} ({percent(*layer.share(lambda s: not s.is_published))})"
        for layer in catalogue.layers
        if sum(not s.is_published for s in layer.statements) * 3 > len(layer.statements)
    ]
    if half:
        weak.append(f"More than a third of the facts rest on `compiled` in {listed(half)}.")
    general = []
    for layer in catalogue.layers:
        labels = [f"{label} {percent(*share)}" for label, share in compiled_keys(layer)]
        if labels:
            general.append(f"{layer.name} ({', '.join(labels)})")
    if general:
        weak.append(f"Key facts of which more than half rest on `compiled`: {'; '.join(general)}.")
    leaning = []
    for layer in catalogue.layers:
        published = [s for s in layer.statements if s.is_published]
        cited = Counter(q for s in published for q in set(s.sources) if q != "compiled")
        alone = Counter(s.sources[0] for s in published if len(set(s.sources)) == 1)
        if not alone:
            continue
        source, count = alone.most_common(1)[0]
        if 2 * count > len(published):
            leaning.append(
                f"{layer.name} (`{source}`, {percent(count, len(published))})"
            )
        elif len(cited) == 1:
            leaning.append(f"{layer.name} (`{source}`)")
    if leaning:
        weak.append(
            "More than half of the published facts have one and the same publication as their only "
            f"source in {listed(leaning)}."
        )
    single = sum(len(set(s.sources)) == 1 for _, r in records for s in r.statements)
    said = sum(len(r.statements) for _, r in records)
    weak.append(f"Facts with a single source: {percent(single, said)}, {single:,} of {said:,}.")
    undated = sum(not s.date for _, r in records for s in r.statements)
    weak.append(f"Facts without a date: {percent(undated, said)}, {undated:,} of {said:,}.")
    placed = [r for _, r in records if r.at]
    loose = sum(not r.position.is_all_published for r in placed)
    weak.append(
        f"Positions that do not rest on publications alone: {percent(loose, len(placed))}, "
        f"{loose:,} of {len(placed):,}; positions of high confidence: "
        f"{sum(r.position.confidence == 'high' for r in placed) or 'none'}."
    )
    shared = []
    for layer in catalogue.layers:
        at = Counter(r.at for r in layer.main if r.at)
        count = sum(n for n in at.values() if n > 1)
        if 5 * count > len(layer.main):
            shared.append(f"{layer.name} ({count} of {len(layer.main)})")
    if shared:
        weak.append(
            "More than a fifth of the places share their point with another of their layer in "
            f"{listed(shared)}."
        )
    return [
        "### What is missing, by the data",
        "", *paragraph("Key facts that fewer than half of the main records hold:"),
        *bullets(key_facts), *paragraph("And what else is weak:"), *bullets(weak),
    ]


def sources(catalogue):
    cited, layers = Counter(), defaultdict(set)
    for layer in catalogue.layers:
        for statement in layer.statements:
            for publisher in {catalogue.sources[q]["publisher"] for q in statement.sources}:
                cited[publisher] += 1
                layers[publisher].add(layer.name)
    compiled = catalogue.sources["compiled"]["publisher"]
    editors = cited.pop(compiled, 0)
    by_publisher = defaultdict(list)
    for source in catalogue.publications():
        by_publisher[source["publisher"]].append(source)
    said = sum(len(layer.statements) for layer in catalogue.layers)
    rows = []
    ranked = sorted(cited.items(), key=lambda item: (-item[1], item[0]))
    for publisher, count in ranked[:PUBLISHERS]:
        years = sorted(s["date"][:4] for s in by_publisher[publisher] if s["date"])
        span = "–"
        if years:
            span = years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
        rows.append(
            [
                publisher, len(by_publisher[publisher]), f"{count:,}", percent(count, said),
                len(layers[publisher]), span,
            ]
        )
    published = catalogue.publications()
    years = [int(s["date"][:4]) for s in published if s["date"]]
    periods = []
    for first, last in PERIODS:
        name = f"to {last}" if not first else f"{first} on" if last == 9999 else f"{first}–{last}"
        count = sum(first <= year <= last for year in years)
        periods.append([name, count, percent(count, len(published))])
    lacking = len(published) - len(years)
    periods.append(["undated", lacking, percent(lacking, len(published))])
    return [
        "### Where the facts come from",
        "",
        *paragraph(
            f"{len(published):,} publications of {len(by_publisher)} publishers, dated "
            f"{min(years)} to {max(years)}; {editors:,} facts cite `compiled`, alone or with "
            f"others. The {len(rows)} publishers with the most facts, with their share of all facts:"
        ),
        *table(["publisher", "publications", "facts", "share", "layers", "years"], rows),
        *table(["published", "publications", "share"], periods),
    ]


def generated(catalogue):
    """The lines between the markers."""
    parts = [counts, complete, accuracy, holes, sources]
    lines = [line for part in parts for line in part(catalogue)]
    return lines
