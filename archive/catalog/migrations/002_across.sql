-- What the newest version of each live report cites. `canonical` is NULL where the printed form is damaged.
CREATE TABLE citations (
    report_id TEXT NOT NULL REFERENCES reports (id),
    place INTEGER NOT NULL,               -- 0, 1, … in order of place
    kind TEXT NOT NULL,
    canonical TEXT,
    raw TEXT NOT NULL,
    articles TEXT NOT NULL,               -- numbers of the articles named, each between commas: ,20,36,
    start_at INTEGER NOT NULL,            -- offsets in the text of that version
    end_at INTEGER NOT NULL,
    PRIMARY KEY (report_id, place)
) WITHOUT ROWID;
CREATE INDEX citations_by_name ON citations (canonical, report_id);

-- By what the newest version of each live report is the same as another, and the finding where it is.
CREATE TABLE likeness (
    report_id TEXT NOT NULL REFERENCES reports (id),
    kind TEXT NOT NULL,                   -- figures, text
    digest TEXT NOT NULL,
    finding TEXT,                         -- JSON
    PRIMARY KEY (report_id, kind)
) WITHOUT ROWID;
CREATE INDEX likeness_by_digest ON likeness (kind, digest);

-- Which derivation made the rows that follow from readings (`archive/derive.py`); missing in an archive made before there was one.
CREATE TABLE derivation (number INTEGER NOT NULL);
INSERT INTO derivation SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM reports);
