"""The facts of each layer that people ask for first, and how to see whether a record holds one."""

from atlas.figures import Statement

# What it is called, and what holds it: the name of a fact, `event:`, `link:` or `dated:` with a
# name, or `position`; `|` stands between what will do. Behind ` if ` stands which records can have
# it, where not all can.
KEYS = {
    "innovation-cities": {
        "area": "area_km2",
        "designation": "event:designated",
        "industries": "industries_en",
        "institutions": "institutions",
        "planned population": "planned_population",
        "population": "population",
        "completion": "event:completed",
    },
    "relocated-institutions": {
        "destination": "destination",
        "its innovation city": "link:inside|link:relocated-to if destination=innovation-city",
        "sector": "sector_en",
        "year of the move": "relocated",
        "former seat": "moved_from_ko",
        "ministry": "ministry_ko",
        "staff": "staff",
    },
    "relocation-candidates": {
        "who proposed it when": "event:proposed|event:designated",
        "proposed destination": "proposed_destination_ko",
        "sector": "sector_en",
        "ministry": "ministry_ko",
        "staff": "staff",
    },
    "research-zones": {
        "area": "area_km2",
        "designation": "event:designated",
        "industries": "industries_en",
        "tenants": "tenants",
    },
    "small-research-zones": {
        "anchor institute": "anchor_institute_en",
        "link to it": "link:anchored-by",
        "area": "area_km2",
        "industries": "industries_en",
        "designation": "event:designated",
    },
    "national-clusters": {
        "industries": "industries_en",
        "designation": "event:designated",
        "members": "link:member",
        "area": "area_km2",
        "hubs": "hubs|hubs_ko",
        "tenants": "tenants",
    },
    "digital-districts": {
        "industries": "industries_en",
        "designation": "event:designated",
        "state funding": "state_funding_krw_bn",
        "area": "area_km2",
        "firms": "firms|tenants",
    },
    "biz-parks": {
        "area": "area_km2",
        "its innovation city": "link:inside",
        "industries": "main_industries_en",
        "designation": "event:designated",
        "tenants": "tenants",
    },
    "techno-parks": {
        "founded": "founded|event:founded",
        "designation": "event:designated",
        "staff": "staff",
    },
    "universities": {
        "level": "level",
        "ownership": "ownership",
        "campus": "campus",
        "founded": "founded|event:founded",
        "founding body": "founding_body_ko",
        "students": "students",
    },
    "industrial-complexes": {
        "type": "complex_type",
        "area": "area_km2",
        "tenants": "tenants",
        "industries": "main_industries_en",
        "designation": "designated|event:designated",
        "completion": "event:completed if status=operating",
    },
    "research-institutes": {
        "council": "council",
        "field": "field_en",
        "ministry": "ministry_ko",
        "founded": "founded|event:founded",
        "staff": "staff",
    },
    "stations": {
        "services": "services",
        "lines": "lines_ko",
        "opened": "opened|event:opened",
        "passengers": "passengers",
    },
    "airports": {
        "type": "type",
        "IATA code": "iata if status=operating",
        "ICAO code": "icao if status=operating",
        "opened": "opened|event:opened if status=operating",
        "runway": "runway_m if status=operating",
    },
    "ports": {"type": "type", "opened": "opened|event:opened", "cargo": "cargo"},
    "provinces": {"population": "population", "area": "area_km2"},
    "municipalities": {"population": "population", "area": "area_km2"},
    "collaborations": {
        "who leads": "lead_en",
        "partners": "link:partner|partners_en",
        "budget": "budget_100m_krw",
        "position": "position",
        "what is done": "content_en",
        "period": "period",
    },
    "programmes": {
        "what it covers": "link:covers|link:about",
        "budget": "budget_100m_krw",
        "period": "period",
    },
    "indicators": {
        "value": "value",
        "unit": "unit_en",
        "what it tells": "about_en",
        "date": "dated:value",
    },
}


def holds(record, key):
    """Whether a record holds a key's fact, or `None` where it cannot have one."""
    choices, _, condition = key.partition(" if ")
    properties, facts = record.properties, record.properties["facts"]
    if condition:
        name, value = condition.split("=")
        if value not in (properties.get(name), facts.get(name, {}).get("value")):
            return None
    for choice in choices.split("|"):
        where, _, name = choice.rpartition(":")
        if {
            "event": lambda: any(e["event"] == name for e in properties["events"]),
            "link": lambda: any(link["relation"] == name for link in properties["links"]),
            "dated": lambda: bool(facts.get(name, {}).get("date")),
            "": lambda: record.at is not None if name == "position" else name in facts,
        }[where]():
            return True
    return False


def completeness(layer):
    """Each key of a layer with how many of its main records hold it, and of how many."""
    found = []
    for label, key in KEYS.get(layer.name, {}).items():
        answers = [a for a in (holds(r, key) for r in layer.main) if a is not None]
        found.append((label, sum(answers), len(answers)))
    return found


def compiled_keys(layer):
    """The keys whose facts rest more than half on `compiled`: how many of how many do."""
    found = []
    for label, key in KEYS.get(layer.name, {}).items():
        names = [n for n in key.partition(" if ")[0].split("|") if ":" not in n]
        facts = [
            Statement(r.properties["facts"][n])
            for r in layer.records for n in names if n in r.properties["facts"]
        ]
        bare = sum(not fact.is_published for fact in facts)
        if 2 * bare > len(facts):
            found.append((label, (bare, len(facts))))
    return found
