"""The sample reports that are kept as files: read as their origin.toml says, and marked as samples."""

import tomllib
from pathlib import Path

import pytest

import corpus
from corpus.figures import denial_reasons
from corpus.parse.report import parse_document
from corpus.readers import read_document

FOLDER = Path(corpus.__file__).parent / "samples"
SAMPLES = sorted(path.parent for path in FOLDER.glob("*/origin.toml"))


def read(folder):
    source = next(folder.glob("source.*"))
    return parse_document(read_document(source.read_bytes(), source.name))


def test_there_is_a_sample_of_every_form_and_the_readme_names_it():
    assert [s.name.rsplit("_", 3)[0].split("_")[0] for s in SAMPLES] == ["format", "format", "narrative", "stat"]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(f"`{sample.name}`" in readme for sample in SAMPLES)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda f: f.name)
def test_a_sample_is_read_as_it_was_written(folder):
    expected = tomllib.loads((folder / "origin.toml").read_text(encoding="utf-8"))
    (report,) = read(folder)
    assert expected["sample"] is True
    assert "示例文本" in report.sections[0].text
    found = (report.agency, report.agency_kind, report.year, report.era, report.published)
    assert found == tuple(expected.get(k) for k in ("agency", "kind", "year", "era", "published"))
    assert denial_reasons(report) == expected["denial_reasons"]
    for place, printed in expected["cells"].items():
        table, _, rest = place.partition(".")
        row, _, column = rest.rpartition(".")
        assert (place, report.cell(table, row, column).raw) == (place, printed)
    assert report.findings == ()
