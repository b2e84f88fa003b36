-- The contract between etl and barometer, and the data dictionary: every table, key and meaning.
-- Statements are separated by semicolons; the pipeline runs the file as it is on an empty database.

CREATE TYPE level_name AS ENUM ('riket', 'lan', 'kommun', 'regso', 'deso', 'own');
CREATE TYPE division_name AS ENUM ('admin', '2018', '2025');
CREATE TYPE missing_reason AS ENUM (
    'suppressed', 'not_published', 'outside_division', 'too_few', 'not_available',
    'cannot_be_summed'
);

-- What a figure that SCB did not publish was summed from: published figures of smaller areas, or of
-- the categories of the same area.
CREATE TYPE summed_from AS ENUM ('categories', 'lan', 'kommun', 'regso', 'deso');

CREATE TABLE snapshot (
    snapshot_id    VARCHAR PRIMARY KEY,
    built_at       TIMESTAMP NOT NULL,
    code_version   VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    inputs_sha256  VARCHAR NOT NULL,
    origin         VARCHAR NOT NULL CHECK (origin IN ('scb', 'scb-extract', 'synthetic')),
    api            VARCHAR NOT NULL,
    lacking        VARCHAR[] NOT NULL,
    gaps           VARCHAR[] NOT NULL DEFAULT []
);
COMMENT ON TABLE snapshot IS 'One row: what this file is and what it was made of.';
COMMENT ON COLUMN snapshot.snapshot_id IS 'Name of the snapshot: date, origin and the first characters of inputs_sha256.';
COMMENT ON COLUMN snapshot.built_at IS 'When it was built, UTC.';
COMMENT ON COLUMN snapshot.code_version IS 'Version of the code that built it.';
COMMENT ON COLUMN snapshot.schema_version IS 'Version of this schema.';
COMMENT ON COLUMN snapshot.inputs_sha256 IS 'Checksum over all raw answers, boundaries and the catalogue: equal inputs give equal tables.';
COMMENT ON COLUMN snapshot.origin IS 'scb: SCB''s figures, fetched from SCB. scb-extract: SCB''s figures from an extract in files, which holds some tables and years only. synthetic: a made-up country.';
COMMENT ON COLUMN snapshot.api IS 'Address that the figures were fetched from.';
COMMENT ON COLUMN snapshot.lacking IS 'What a partial build did without: tables, codes, levels and years that the server lacked.';
COMMENT ON COLUMN snapshot.gaps IS 'Other agencies that gave no usable answer, with the tables concerned.';

CREATE TABLE listed_areas (
    list     VARCHAR NOT NULL,
    area_id  VARCHAR NOT NULL,
    category VARCHAR NOT NULL,
    edition  VARCHAR NOT NULL,
    PRIMARY KEY (list, area_id)
);
COMMENT ON TABLE listed_areas IS 'Areas on official lists that whoever built the snapshot has given.';
COMMENT ON COLUMN listed_areas.list IS 'utanforskapets_karta.';
COMMENT ON COLUMN listed_areas.area_id IS 'RegSO (areas.area_id).';
COMMENT ON COLUMN listed_areas.category IS 'The list''s own class; empty where it has none.';
COMMENT ON COLUMN listed_areas.edition IS 'Which edition of the list, as the file says.';

CREATE TABLE police_areas (
    name      VARCHAR NOT NULL,
    category  VARCHAR NOT NULL,
    kommun_id VARCHAR NOT NULL,
    edition   VARCHAR NOT NULL,
    geometry  BLOB NOT NULL
);
COMMENT ON TABLE police_areas IS 'The police''s vulnerable areas, given by whoever built the snapshot. They have their own boundaries and mark no other area. Key: name, kommun_id, edition.';
COMMENT ON COLUMN police_areas.name IS 'Name.';
COMMENT ON COLUMN police_areas.category IS 'The police''s class.';
COMMENT ON COLUMN police_areas.kommun_id IS 'The kommun in which most of it lies (areas.area_id), to find it by.';
COMMENT ON COLUMN police_areas.edition IS 'The day that the file came, as it was archived.';
COMMENT ON COLUMN police_areas.geometry IS 'Boundary as WKB in SWEREF 99 TM (EPSG:3006).';

CREATE TABLE local_entries (
    name  VARCHAR PRIMARY KEY,
    entry VARCHAR NOT NULL
);
COMMENT ON TABLE local_entries IS 'Own figures of whoever built the snapshot: the entries of the catalogue that they add.';
COMMENT ON COLUMN local_entries.name IS 'The indicator''s id.';
COMMENT ON COLUMN local_entries.entry IS 'The entry as JSON, with the levels and years that its figures have.';

CREATE TABLE areas (
    area_id       VARCHAR NOT NULL,
    division      division_name NOT NULL,
    level         level_name NOT NULL,
    name          VARCHAR NOT NULL,
    label         VARCHAR NOT NULL,
    parent_id     VARCHAR,
    kommun_id     VARCHAR,
    lan_id        VARCHAR,
    valid_from    INTEGER NOT NULL,
    valid_to      INTEGER,
    population    BIGINT,
    land_area_km2 DOUBLE CHECK (land_area_km2 IS NULL OR land_area_km2 > 0),
    centroid_x    DOUBLE,
    centroid_y    DOUBLE,
    west          DOUBLE,
    south         DOUBLE,
    east          DOUBLE,
    north         DOUBLE,
    geometry      BLOB,
    PRIMARY KEY (area_id),
    CHECK (level = 'riket' OR parent_id IS NOT NULL),
    CHECK (valid_to IS NULL OR valid_to >= valid_from)
);
COMMENT ON TABLE areas IS 'The area register: riket, län and kommun, and RegSO and DeSO of both divisions.';
COMMENT ON COLUMN areas.area_id IS 'SCB''s code as published, with the division''s suffix: 0180, 0114A0010, 0114A0010_DeSO2025.';
COMMENT ON COLUMN areas.division IS 'admin (riket, län, kommun), 2018 (DeSO 2018 and RegSO 2020), 2025 (DeSO and RegSO 2025).';
COMMENT ON COLUMN areas.level IS 'riket, lan, kommun, regso or deso; own: an operator''s area, put together of those.';
COMMENT ON COLUMN areas.name IS 'Name for people. A DeSO has none: its RegSO''s name and its code without kommun.';
COMMENT ON COLUMN areas.label IS 'Name that is unique in a list: with code or kommun where the name alone is not.';
COMMENT ON COLUMN areas.parent_id IS 'Area (areas.area_id) one level up in the same division: DeSO in RegSO, RegSO in kommun, kommun in län, län in riket.';
COMMENT ON COLUMN areas.kommun_id IS 'Kommun (areas.area_id) the area is or lies in; null for län and riket.';
COMMENT ON COLUMN areas.lan_id IS 'Län (areas.area_id) the area is or lies in; null for riket.';
COMMENT ON COLUMN areas.valid_from IS 'First reference year that SCB publishes under this code.';
COMMENT ON COLUMN areas.valid_to IS 'Last reference year; null while in use.';
COMMENT ON COLUMN areas.population IS 'Residents in the latest year of the area''s division; null when not known.';
COMMENT ON COLUMN areas.land_area_km2 IS 'Area in square kilometres as the boundaries give it; null without a boundary.';
COMMENT ON COLUMN areas.centroid_x IS 'Point on the surface, SWEREF 99 TM (EPSG:3006) easting in metres.';
COMMENT ON COLUMN areas.centroid_y IS 'Point on the surface, SWEREF 99 TM (EPSG:3006) northing in metres.';
COMMENT ON COLUMN areas.west IS 'Bounding box, degrees (EPSG:4326).';
COMMENT ON COLUMN areas.south IS 'Bounding box, degrees (EPSG:4326).';
COMMENT ON COLUMN areas.east IS 'Bounding box, degrees (EPSG:4326).';
COMMENT ON COLUMN areas.north IS 'Bounding box, degrees (EPSG:4326).';
COMMENT ON COLUMN areas.geometry IS 'Boundary as WKB in SWEREF 99 TM (EPSG:3006), simplified as a coverage; null when unknown.';

CREATE TABLE memberships (
    own_id   VARCHAR NOT NULL,
    area_id  VARCHAR NOT NULL,
    level    level_name NOT NULL,
    division division_name NOT NULL,
    weight   DOUBLE NOT NULL CHECK (weight > 0 AND weight <= 1),
    PRIMARY KEY (own_id, area_id)
);
COMMENT ON TABLE memberships IS 'What an operator''s own areas (level own) consist of, at every level and in every division in which they are whole.';
COMMENT ON COLUMN memberships.own_id IS 'The own area (areas.area_id).';
COMMENT ON COLUMN memberships.area_id IS 'An area in it (areas.area_id).';
COMMENT ON COLUMN memberships.level IS 'Level of the area in it.';
COMMENT ON COLUMN memberships.division IS 'Division of the area in it.';
COMMENT ON COLUMN memberships.weight IS 'Share of the area''s residents that live in the own area: 1 but where a border moved between the divisions.';

CREATE TABLE own_divisions (
    name     VARCHAR PRIMARY KEY,
    title_sv VARCHAR NOT NULL,
    title_en VARCHAR NOT NULL,
    method   VARCHAR NOT NULL CHECK (method IN ('listed', 'majority', 'residents')),
    n_cut    INTEGER NOT NULL,
    n_outside INTEGER NOT NULL,
    n_there  INTEGER NOT NULL,
    parents  VARCHAR NOT NULL
);
COMMENT ON TABLE own_divisions IS 'The divisions that the operator has brought; their areas are of the level own. May be empty.';
COMMENT ON COLUMN own_divisions.name IS 'The first part of its areas'' codes, before the colon.';
COMMENT ON COLUMN own_divisions.title_sv IS 'What one of its areas is called, Swedish.';
COMMENT ON COLUMN own_divisions.title_en IS 'What one of its areas is called, English.';
COMMENT ON COLUMN own_divisions.method IS 'listed: a key file of codes. majority: polygons, whole areas by the larger part of their surface. residents: by where most of their residents live, as SCB''s squares of 1 km have it.';
COMMENT ON COLUMN own_divisions.n_cut IS 'DeSO that a polygon''s border cuts, and that are counted whole.';
COMMENT ON COLUMN own_divisions.n_outside IS 'Areas of its kommuner that lie in none of its areas.';
COMMENT ON COLUMN own_divisions.n_there IS 'Areas of its kommuner, of its level and year.';
COMMENT ON COLUMN own_divisions.parents IS 'What an area is part of, in the operator''s words, by the area''s code, as JSON; areas without are left out.';

CREATE TABLE map_layers (
    level      level_name NOT NULL,
    division   division_name NOT NULL,
    sha256     VARCHAR NOT NULL,
    area_ids   VARCHAR[] NOT NULL,
    media_type VARCHAR NOT NULL,
    raw_bytes  BIGINT NOT NULL,
    brotli     BLOB NOT NULL,
    gzip       BLOB NOT NULL,
    detail     VARCHAR NOT NULL DEFAULT 'country' CHECK (detail IN ('country', 'full')),
    part       VARCHAR NOT NULL DEFAULT '',
    PRIMARY KEY (level, division, detail, part)
);
COMMENT ON TABLE map_layers IS 'The map''s geometry as it is sent: compressed files per level and division, with addresses that never change: the whole country generalised, and every län in full detail.';
COMMENT ON COLUMN map_layers.level IS 'Level of the layer.';
COMMENT ON COLUMN map_layers.division IS 'Division of the layer.';
COMMENT ON COLUMN map_layers.sha256 IS 'Checksum of the uncompressed file: part of its address.';
COMMENT ON COLUMN map_layers.area_ids IS 'Areas in the order of the features; the values of a map come in this order.';
COMMENT ON COLUMN map_layers.media_type IS 'Media type of the uncompressed file.';
COMMENT ON COLUMN map_layers.raw_bytes IS 'Size of the uncompressed file.';
COMMENT ON COLUMN map_layers.brotli IS 'The file, brotli.';
COMMENT ON COLUMN map_layers.gzip IS 'The file, gzip.';
COMMENT ON COLUMN map_layers.detail IS 'country: generalised for the whole country in one file. full: as detailed as the snapshot has it.';
COMMENT ON COLUMN map_layers.part IS 'Empty for the whole country; else the län (areas.area_id) whose areas the file holds.';

CREATE TABLE map_ground (
    ground_id  VARCHAR PRIMARY KEY,
    sha256     VARCHAR NOT NULL,
    media_type VARCHAR NOT NULL,
    raw_bytes  BIGINT NOT NULL,
    brotli     BLOB NOT NULL,
    gzip       BLOB NOT NULL,
    source     VARCHAR NOT NULL
);
COMMENT ON TABLE map_ground IS 'What lies under the areas on a map of the country: GeoJSON as it is sent, in degrees (EPSG:4326). May be empty.';
COMMENT ON COLUMN map_ground.ground_id IS 'land: land of northern Europe, a feature per country with the properties name and sweden (true, false). squares: the middles of the populated squares of 1 km, each with its residents as third coordinate, where a refresh has fetched them.';
COMMENT ON COLUMN map_ground.sha256 IS 'Checksum of the uncompressed file: part of its address.';
COMMENT ON COLUMN map_ground.media_type IS 'Media type of the uncompressed file.';
COMMENT ON COLUMN map_ground.raw_bytes IS 'Size of the uncompressed file.';
COMMENT ON COLUMN map_ground.brotli IS 'The file, brotli.';
COMMENT ON COLUMN map_ground.gzip IS 'The file, gzip.';
COMMENT ON COLUMN map_ground.source IS 'Who made it, and under which licence.';

CREATE TABLE places (
    place_id   VARCHAR PRIMARY KEY,
    name       VARCHAR NOT NULL,
    kind       VARCHAR NOT NULL CHECK (kind IN ('city', 'town', 'village')),
    rank       INTEGER NOT NULL,
    longitude  DOUBLE NOT NULL,
    latitude   DOUBLE NOT NULL,
    kommun_id  VARCHAR,
    regso_id   VARCHAR,
    source     VARCHAR NOT NULL
);
COMMENT ON TABLE places IS 'Towns, villages and city districts that a map names and a search finds. May be empty.';
COMMENT ON COLUMN places.place_id IS 'Id that the source gives.';
COMMENT ON COLUMN places.name IS 'Name; not unique.';
COMMENT ON COLUMN places.kind IS 'By residents: city from 50 000, town from 5 000, village below.';
COMMENT ON COLUMN places.rank IS '1 is the largest: which name goes first where there is room for one. Residents of places are not published here.';
COMMENT ON COLUMN places.longitude IS 'Degrees east (EPSG:4326).';
COMMENT ON COLUMN places.latitude IS 'Degrees north (EPSG:4326).';
COMMENT ON COLUMN places.kommun_id IS 'Kommun (areas.area_id) that it lies in; null when no boundary says so.';
COMMENT ON COLUMN places.regso_id IS 'RegSO of 2025 (areas.area_id) that it lies in; null when no boundary says so.';
COMMENT ON COLUMN places.source IS 'Who publishes the place, and under which licence.';

CREATE TABLE sources (
    source_id  VARCHAR PRIMARY KEY,
    title_sv   VARCHAR NOT NULL,
    title_en   VARCHAR NOT NULL,
    label      VARCHAR NOT NULL,
    updated    VARCHAR NOT NULL,
    retrieved  TIMESTAMP NOT NULL,
    first_year INTEGER NOT NULL,
    last_year  INTEGER NOT NULL,
    licence    VARCHAR NOT NULL,
    agency     VARCHAR NOT NULL,
    notes      VARCHAR[] NOT NULL,
    provider   VARCHAR NOT NULL DEFAULT 'scb' CHECK (provider IN ('scb', 'kolada', 'pxweb1', 'file'))
);
COMMENT ON TABLE sources IS 'SCB''s tables, and those of other agencies, as they were when the snapshot was built.';
COMMENT ON COLUMN sources.source_id IS 'The agency''s id of the table; LOCAL- and a name for an own file.';
COMMENT ON COLUMN sources.provider IS 'Where it was fetched: scb (PxWebApi 2), kolada, pxweb1 (another PxWeb server) or file (given by whoever built the snapshot).';
COMMENT ON COLUMN sources.title_sv IS 'Title in the catalogue, Swedish.';
COMMENT ON COLUMN sources.title_en IS 'Title in the catalogue, English.';
COMMENT ON COLUMN sources.label IS 'The agency''s own title when it was fetched.';
COMMENT ON COLUMN sources.updated IS 'When the agency last updated the table, as it writes it; a mark of the content where it does not say.';
COMMENT ON COLUMN sources.retrieved IS 'When we fetched it, UTC.';
COMMENT ON COLUMN sources.first_year IS 'First year in the snapshot.';
COMMENT ON COLUMN sources.last_year IS 'Last year in the snapshot.';
COMMENT ON COLUMN sources.licence IS 'Licence of the figures.';
COMMENT ON COLUMN sources.agency IS 'Whose figures they are, to be named as their source: SCB, Trafikanalys, Kolada …';
COMMENT ON COLUMN sources.notes IS 'The agency''s footnotes to the table.';

CREATE TABLE price_years (
    source_id  VARCHAR NOT NULL,
    year       SMALLINT NOT NULL,
    division   division_name NOT NULL,
    price_year SMALLINT NOT NULL,
    PRIMARY KEY (source_id, year, division)
);
COMMENT ON TABLE price_years IS 'In the prices of which year a table''s amounts stand. SCB states a whole table in the prices of its latest year; an extract may hold releases of several years, whose amounts are then not comparable.';
COMMENT ON COLUMN price_years.source_id IS 'SCB''s table (sources.source_id).';
COMMENT ON COLUMN price_years.year IS 'Reference year of the figures.';
COMMENT ON COLUMN price_years.division IS 'Division of their areas.';
COMMENT ON COLUMN price_years.price_year IS 'Year of the prices.';

CREATE TABLE observations (
    source_id   VARCHAR NOT NULL,
    area_id     VARCHAR NOT NULL,
    division    division_name NOT NULL,
    year        SMALLINT NOT NULL,
    variable_id VARCHAR NOT NULL,
    value       DOUBLE,
    status      missing_reason,
    summed_by   summed_from,
    CHECK ((value IS NULL) = (status IS NOT NULL))
);
COMMENT ON TABLE observations IS 'The figures as SCB published them, and in an extract also sums of them (see summed_by), one row per cell. Key: source_id, area_id, year, variable_id.';
COMMENT ON COLUMN observations.source_id IS 'SCB''s table (sources.source_id).';
COMMENT ON COLUMN observations.area_id IS 'Area (areas.area_id).';
COMMENT ON COLUMN observations.division IS 'Division of the area.';
COMMENT ON COLUMN observations.year IS 'Reference year.';
COMMENT ON COLUMN observations.variable_id IS 'The codes of all other variables in the catalogue''s order, joined by |: 000007Y4|1|1+2.';
COMMENT ON COLUMN observations.value IS 'Figure in the table''s unit; null exactly when status is set.';
COMMENT ON COLUMN observations.status IS 'Why there is no value.';
COMMENT ON COLUMN observations.summed_by IS 'Null when SCB published the figure; else what it is the exact sum of (published figures of smaller areas, or of the categories of a total). SCB''s own figure may differ by a few.';

CREATE TABLE indicators (
    indicator_id  VARCHAR PRIMARY KEY,
    sector        VARCHAR NOT NULL,
    name_sv       VARCHAR NOT NULL,
    name_en       VARCHAR NOT NULL,
    definition_sv VARCHAR NOT NULL,
    definition_en VARCHAR NOT NULL,
    unit          VARCHAR NOT NULL,
    decimals      TINYINT NOT NULL,
    source_ids    VARCHAR[] NOT NULL
);
COMMENT ON TABLE indicators IS 'The catalogue''s indicators as built.';
COMMENT ON COLUMN indicators.indicator_id IS 'The catalogue''s id.';
COMMENT ON COLUMN indicators.sector IS 'Sector that the indicator belongs to.';
COMMENT ON COLUMN indicators.name_sv IS 'Name, Swedish.';
COMMENT ON COLUMN indicators.name_en IS 'Name, English.';
COMMENT ON COLUMN indicators.definition_sv IS 'Definition, Swedish.';
COMMENT ON COLUMN indicators.definition_en IS 'Definition, English.';
COMMENT ON COLUMN indicators.unit IS 'Unit of the value.';
COMMENT ON COLUMN indicators.decimals IS 'Decimals that people see; values are stored in full precision.';
COMMENT ON COLUMN indicators.source_ids IS 'SCB''s tables it is made of.';

CREATE TABLE groupings (
    grouping_id VARCHAR PRIMARY KEY,
    name_sv     VARCHAR NOT NULL,
    name_en     VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL CHECK (kind IN ('two-group', 'multigroup', 'ordinal')),
    group_ids   VARCHAR[] NOT NULL,
    source_ids  VARCHAR[] NOT NULL
);
COMMENT ON TABLE groupings IS 'Exhaustive, non-overlapping partitions of a population; every share indicator is one (group, rest).';
COMMENT ON COLUMN groupings.grouping_id IS 'The catalogue''s id; an indicator''s id for its two-group partition.';
COMMENT ON COLUMN groupings.name_sv IS 'Name, Swedish.';
COMMENT ON COLUMN groupings.name_en IS 'Name, English.';
COMMENT ON COLUMN groupings.kind IS 'two-group, multigroup, or ordinal (multigroup with an order).';
COMMENT ON COLUMN groupings.group_ids IS 'The groups, in order.';
COMMENT ON COLUMN groupings.source_ids IS 'SCB''s tables it is made of.';

CREATE TABLE indices (
    index_id     VARCHAR PRIMARY KEY,
    name_sv      VARCHAR NOT NULL,
    name_en      VARCHAR NOT NULL,
    kind         VARCHAR NOT NULL,
    range_low    DOUBLE,
    range_high   DOUBLE,
    formula      VARCHAR NOT NULL,
    reference    VARCHAR NOT NULL
);
COMMENT ON TABLE indices IS 'The segregation indices as built.';
COMMENT ON COLUMN indices.index_id IS 'Id in barometer.indices.';
COMMENT ON COLUMN indices.name_sv IS 'Name, Swedish.';
COMMENT ON COLUMN indices.name_en IS 'Name, English.';
COMMENT ON COLUMN indices.kind IS 'Which groupings it can be computed on.';
COMMENT ON COLUMN indices.range_low IS 'Lowest possible value; null when unbounded.';
COMMENT ON COLUMN indices.range_high IS 'Highest possible value; null when unbounded.';
COMMENT ON COLUMN indices.formula IS 'Formula.';
COMMENT ON COLUMN indices.reference IS 'Where it comes from.';

CREATE TABLE indicator_values (
    indicator_id VARCHAR NOT NULL,
    background   VARCHAR NOT NULL,
    area_id      VARCHAR NOT NULL,
    division     division_name NOT NULL,
    level        level_name NOT NULL,
    year         SMALLINT NOT NULL,
    value        DOUBLE,
    numerator    DOUBLE,
    denominator  DOUBLE,
    status       missing_reason,
    summed_by    summed_from,
    CHECK ((value IS NULL) = (status IS NOT NULL))
);
COMMENT ON TABLE indicator_values IS 'One value per indicator, background, area and year. Sorted by indicator, background, level, year, area. Key: indicator_id, background, area_id, year.';
COMMENT ON COLUMN indicator_values.indicator_id IS 'Indicator (indicators.indicator_id).';
COMMENT ON COLUMN indicator_values.background IS 'all, or a background and its category: sex:women.';
COMMENT ON COLUMN indicator_values.area_id IS 'Area (areas.area_id).';
COMMENT ON COLUMN indicator_values.division IS 'Division of the area.';
COMMENT ON COLUMN indicator_values.level IS 'Level of the area.';
COMMENT ON COLUMN indicator_values.year IS 'Reference year.';
COMMENT ON COLUMN indicator_values.value IS 'Value in the indicator''s unit, full precision; null exactly when status is set.';
COMMENT ON COLUMN indicator_values.numerator IS 'Persons (or dwellings, households, cars) counted; null where SCB publishes only the result.';
COMMENT ON COLUMN indicator_values.denominator IS 'Population that the value is about; null where SCB does not publish it.';
COMMENT ON COLUMN indicator_values.status IS 'Why there is no value.';
COMMENT ON COLUMN indicator_values.summed_by IS 'Null when every figure behind the value was published by SCB for this area; else the finest areas whose published figures were summed.';

-- Where SCB publishes whole per cent only, the number of persons behind a share is an estimate, which
-- measures and comparisons need and nobody is shown as a count.
CREATE VIEW estimated_counts AS
    SELECT indicator_id, background, area_id, division, level, year, value,
           coalesce(numerator, value * denominator / 100) AS numerator, denominator, status,
           numerator IS NOT NULL AS is_counted
    FROM indicator_values;

CREATE TABLE group_counts (
    grouping_id VARCHAR NOT NULL,
    area_id     VARCHAR NOT NULL,
    division    division_name NOT NULL,
    level       level_name NOT NULL,
    year        SMALLINT NOT NULL,
    counts      DOUBLE[] NOT NULL,
    summed_by   summed_from
);
COMMENT ON TABLE group_counts IS 'Persons (or households, dwellings) per group of the multigroup groupings, per area and year (a two-group grouping''s counts stand in indicator_values). Key: grouping_id, area_id, year.';
COMMENT ON COLUMN group_counts.grouping_id IS 'Grouping (groupings.grouping_id).';
COMMENT ON COLUMN group_counts.area_id IS 'Area (areas.area_id).';
COMMENT ON COLUMN group_counts.division IS 'Division of the area.';
COMMENT ON COLUMN group_counts.level IS 'Level of the area.';
COMMENT ON COLUMN group_counts.year IS 'Reference year.';
COMMENT ON COLUMN group_counts.counts IS 'Persons (or households, dwellings) in each group, in the order of groupings.group_ids; a missing count is NaN, never 0.';
COMMENT ON COLUMN group_counts.summed_by IS 'As indicator_values.summed_by.';

CREATE TABLE index_values (
    index_id     VARCHAR NOT NULL,
    grouping_id  VARCHAR NOT NULL,
    container_id VARCHAR NOT NULL,
    unit_level   level_name NOT NULL,
    division     division_name NOT NULL,
    year         SMALLINT NOT NULL,
    value        DOUBLE,
    expected     DOUBLE,
    estimate     DOUBLE,
    low          DOUBLE,
    high         DOUBLE,
    n_units      INTEGER NOT NULL,
    n_excluded   INTEGER NOT NULL,
    population   DOUBLE NOT NULL,
    group_population DOUBLE,
    coverage     DOUBLE NOT NULL,
    caution      VARCHAR
);
COMMENT ON TABLE index_values IS 'One number per index, grouping, container, unit level, division and year. Key: index_id, grouping_id, container_id, unit_level, division, year.';
COMMENT ON COLUMN index_values.index_id IS 'Index (indices.index_id).';
COMMENT ON COLUMN index_values.grouping_id IS 'Grouping (groupings.grouping_id).';
COMMENT ON COLUMN index_values.container_id IS 'The kommun, län or riket within which it is measured (areas.area_id).';
COMMENT ON COLUMN index_values.unit_level IS 'regso or deso: the areas that are compared.';
COMMENT ON COLUMN index_values.division IS 'Division of those areas.';
COMMENT ON COLUMN index_values.year IS 'Reference year.';
COMMENT ON COLUMN index_values.value IS 'The index by its definition, full precision; null when undefined or withheld (see caution).';
COMMENT ON COLUMN index_values.expected IS 'Value that chance alone would give with the same areas and group sizes; null where no such value is defined.';
COMMENT ON COLUMN index_values.estimate IS 'The index without the unevenness that chance gives in small areas, by parametric bootstrap; null where no interval is computed and where value is no larger than chance alone would give. The interval belongs to it, not to value.';
COMMENT ON COLUMN index_values.low IS 'Lower end of the model interval (95%) of estimate.';
COMMENT ON COLUMN index_values.high IS 'Upper end of the model interval (95%) of estimate.';
COMMENT ON COLUMN index_values.n_units IS 'Areas with any residents that were counted.';
COMMENT ON COLUMN index_values.n_excluded IS 'Areas left out because a count was missing.';
COMMENT ON COLUMN index_values.population IS 'Persons (or households, dwellings) counted.';
COMMENT ON COLUMN index_values.group_population IS 'Persons (or households, dwellings) in the group (two-group indices); an estimate where SCB publishes shares in whole per cent only.';
COMMENT ON COLUMN index_values.coverage IS 'Share of the population that lies in areas with counts, 0-1.';
COMMENT ON COLUMN index_values.caution IS 'Why to be careful, comma-separated words: few_persons, few_areas, near_chance, partly_estimated, withheld_few_persons, withheld_few_areas, withheld_no_figures, withheld_missing; null when nothing.';

CREATE TABLE crosswalk (
    from_id           VARCHAR NOT NULL,
    to_id             VARCHAR NOT NULL,
    level             level_name NOT NULL CHECK (level IN ('regso', 'deso')),
    weight_area       DOUBLE CHECK (weight_area BETWEEN 0 AND 1.000001),
    weight_population DOUBLE NOT NULL CHECK (weight_population BETWEEN 0 AND 1.000001),
    method            VARCHAR NOT NULL CHECK (method IN ('same', 'area', 'density', 'deso', 'file', 'listed')),
    quality           VARCHAR NOT NULL CHECK (quality IN ('exact', 'merged', 'split', 'border_change', 'poor')),
    PRIMARY KEY (from_id, to_id)
);
COMMENT ON TABLE crosswalk IS 'Which share of an area of 2018 lies in an area of 2025: the only way across 2023/2024. The weights of an area of 2018 sum to 1.';
COMMENT ON COLUMN crosswalk.from_id IS 'DeSO 2018 or RegSO 2020 (areas.area_id).';
COMMENT ON COLUMN crosswalk.to_id IS 'DeSO or RegSO 2025 (areas.area_id).';
COMMENT ON COLUMN crosswalk.level IS 'regso or deso.';
COMMENT ON COLUMN crosswalk.weight_area IS 'Share of the old area''s surface that lies in the new area; null when the outlines are not known.';
COMMENT ON COLUMN crosswalk.weight_population IS 'Share of the old area''s residents that the new area gets: counts are carried by it.';
COMMENT ON COLUMN crosswalk.method IS 'same: equal outlines. density: overlapping surface times the new area''s population density. area: overlapping surface. deso: summed from DeSO. file: unchanged by SCB''s file of changes. listed: paired by that file, outlines unknown.';
COMMENT ON COLUMN crosswalk.quality IS 'What the area to_id is: exact (unchanged), merged (whole old areas), split (part of one old area), border_change, or poor (a moved border leaves over a quarter of its residents uncertain).';

CREATE TABLE signals (
    area_id      VARCHAR NOT NULL,
    year         SMALLINT NOT NULL,
    status       TINYINT CHECK (status BETWEEN 1 AND 4),
    score        DOUBLE,
    course       TINYINT CHECK (course BETWEEN -1 AND 1),
    change       DOUBLE,
    margin       DOUBLE,
    n_indicators INTEGER NOT NULL,
    PRIMARY KEY (area_id, year)
);
COMMENT ON TABLE signals IS 'Status and direction of every RegSO and DeSO by the rules of the catalogue (signals.toml), as of each year: no later figure is used.';
COMMENT ON COLUMN signals.area_id IS 'Area (areas.area_id).';
COMMENT ON COLUMN signals.year IS 'As of which year.';
COMMENT ON COLUMN signals.status IS 'Status among all areas of the level: 1 the best to 4 the worst; null where too few of the indicators are known.';
COMMENT ON COLUMN signals.score IS 'What the status is cut from: standard deviations from the mean of all areas of the level, higher is worse.';
COMMENT ON COLUMN signals.course IS 'Direction: -1 better, 1 worse, 0 when the change is within what chance, rounding and perturbation give; null where years cannot be compared.';
COMMENT ON COLUMN signals.change IS 'Weighted change beyond that of all areas, in standard deviations between areas; higher is worse.';
COMMENT ON COLUMN signals.margin IS 'Half-width of the interval within which a change is told to be no direction.';
COMMENT ON COLUMN signals.n_indicators IS 'How many indicators the status rests on.';

CREATE TABLE signal_tests (
    level     level_name NOT NULL CHECK (level IN ('regso', 'deso')),
    year      SMALLINT NOT NULL,
    rule      VARCHAR NOT NULL CHECK (rule IN ('signals', 'last_change', 'lowest_tenth')),
    n_areas   INTEGER NOT NULL,
    n_pointed INTEGER NOT NULL,
    n_worse   INTEGER NOT NULL,
    n_hits    INTEGER NOT NULL,
    n_better  INTEGER NOT NULL,
    PRIMARY KEY (level, year, rule)
);
COMMENT ON TABLE signal_tests IS 'The test of the signals as of each year that leaves enough years after it: what became of the areas that they pointed out, beside naive rules. Empty where the figures are too few years.';
COMMENT ON COLUMN signal_tests.level IS 'regso or deso.';
COMMENT ON COLUMN signal_tests.year IS 'As of which year.';
COMMENT ON COLUMN signal_tests.rule IS 'signals: direction worse. last_change: worse than the year before. lowest_tenth: in the tenth with the worst status.';
COMMENT ON COLUMN signal_tests.n_areas IS 'Areas whose direction then and afterwards is known.';
COMMENT ON COLUMN signal_tests.n_pointed IS 'Areas that the rule pointed out.';
COMMENT ON COLUMN signal_tests.n_worse IS 'Areas that became worse in the years after, beyond noise and beyond all areas.';
COMMENT ON COLUMN signal_tests.n_hits IS 'Areas pointed out that became worse.';
COMMENT ON COLUMN signal_tests.n_better IS 'Areas pointed out that became better.';

CREATE TABLE changes (
    position INTEGER PRIMARY KEY,
    kind     VARCHAR NOT NULL,
    subject  VARCHAR NOT NULL,
    amount   DOUBLE,
    text_sv  VARCHAR NOT NULL,
    text_en  VARCHAR NOT NULL
);
COMMENT ON TABLE changes IS 'What is new against the snapshot before: the update log.';
COMMENT ON COLUMN changes.position IS 'Order.';
COMMENT ON COLUMN changes.kind IS 'first, source, year, rows, values, redrawn.';
COMMENT ON COLUMN changes.subject IS 'Source, indicator or area concerned.';
COMMENT ON COLUMN changes.amount IS 'Rows or size of the change; null when it has none.';
COMMENT ON COLUMN changes.text_sv IS 'The change in words, Swedish.';
COMMENT ON COLUMN changes.text_en IS 'The change in words, English.';
