-- Bytes that were stored, whether or not a report was found in them.
CREATE TABLE originals (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    stored_at TEXT NOT NULL,
    parser TEXT,                          -- stamp of the parser that filed all reports in them; NULL when some were not
    reports INTEGER NOT NULL DEFAULT 0    -- how many those were
);

-- One row per report: the summary of its newest version with the corrections applied. `id` is never reused.
CREATE TABLE reports (
    id TEXT PRIMARY KEY,
    newest INTEGER NOT NULL,
    title TEXT NOT NULL,
    agency TEXT NOT NULL,
    agency_kind TEXT,
    year INTEGER NOT NULL,
    scope TEXT,
    era TEXT NOT NULL,
    province TEXT,
    city TEXT,
    county TEXT,
    township TEXT,
    region_code TEXT,
    region_evidence TEXT NOT NULL,        -- JSON: level → how it is known
    read_agency TEXT NOT NULL,            -- what the text itself says, without corrections
    read_year INTEGER NOT NULL,
    site_host TEXT,                       -- the site whose changes make versions
    site_code TEXT,
    rival TEXT REFERENCES reports (id),   -- the report of another body of the same name, and what tells them apart
    rival_evidence TEXT,
    findings INTEGER NOT NULL
);
CREATE INDEX reports_by_agency ON reports (agency, year);
CREATE INDEX reports_by_year ON reports (year);

CREATE TABLE versions (
    report_id TEXT NOT NULL REFERENCES reports (id) DEFERRABLE INITIALLY DEFERRED,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals (sha256),
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    reading INTEGER NOT NULL,             -- the reading in use
    given_agency TEXT,                    -- what --agency and --year said when it was read
    given_year INTEGER,
    archived_at TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version, reading) REFERENCES readings (report_id, version, reading)
        DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX versions_by_original ON versions (sha256);

-- What a parser made of a version's text. A new parser adds a reading and changes no version.
CREATE TABLE readings (
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    digest TEXT NOT NULL,                 -- SHA-256 of the JSON
    parser TEXT NOT NULL,                 -- stamp of the first parser that gave it
    read_at TEXT NOT NULL,
    body BLOB NOT NULL,                   -- the JSON, deflated by zlib
    PRIMARY KEY (report_id, version, reading),
    UNIQUE (report_id, version, digest),
    FOREIGN KEY (report_id, version) REFERENCES versions (report_id, version) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE sources (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL REFERENCES originals (sha256),
    is_copy INTEGER NOT NULL,             -- 1: from another site, never makes a version
    url TEXT,
    path TEXT NOT NULL,
    member TEXT,
    media_type TEXT NOT NULL,
    encoding TEXT,
    site_host TEXT,
    site_code TEXT,
    retrieved_at TEXT,
    recorded_at TEXT NOT NULL,
    FOREIGN KEY (report_id, version) REFERENCES versions (report_id, version)
);
CREATE UNIQUE INDEX sources_once
    ON sources (report_id, version, sha256, path, ifnull(member, ''), ifnull(url, ''));
CREATE INDEX sources_by_original ON sources (sha256);
CREATE INDEX sources_by_place ON sources (path, member);
CREATE INDEX sources_by_url ON sources (url) WHERE url IS NOT NULL;

-- What a person set right. Rows are only ever added.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY,
    report_id TEXT NOT NULL REFERENCES reports (id),
    changes TEXT NOT NULL,                -- JSON: field → value
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    made_at TEXT NOT NULL
);
CREATE INDEX corrections_by_report ON corrections (report_id);

CREATE TABLE tombstones (
    report_id TEXT PRIMARY KEY REFERENCES reports (id),
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    withdrawn_at TEXT NOT NULL
);

-- What follows for a report from its neighbour of the year before (x.*); made again when either changes.
CREATE TABLE series_findings (
    report_id TEXT PRIMARY KEY REFERENCES reports (id),
    earlier_id TEXT NOT NULL REFERENCES reports (id),
    count INTEGER NOT NULL,
    body TEXT NOT NULL                    -- JSON list of findings
);

-- The log of every ingest run.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    parser TEXT NOT NULL,
    arguments TEXT NOT NULL               -- JSON
);
CREATE TABLE outcomes (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    path TEXT NOT NULL,
    member TEXT,
    sha256 TEXT REFERENCES originals (sha256),
    outcome TEXT NOT NULL,
    report_id TEXT REFERENCES reports (id),
    version INTEGER,
    agency TEXT,
    year INTEGER,
    error TEXT,
    findings INTEGER NOT NULL,
    detail TEXT                           -- traceback of an unexpected error
);
CREATE INDEX outcomes_by_run ON outcomes (run_id);

-- The latest change of each report, for whoever follows the archive. AUTOINCREMENT: a number never comes back.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    report_id TEXT NOT NULL UNIQUE REFERENCES reports (id),
    deleted INTEGER NOT NULL
);
