"""The pages about what ties reports together: names of bodies through the reforms, and cited laws and documents."""

from collections.abc import Iterator

from markdown import code, page, table

from corpus.bodies import Function, Succession, functions, successions
from corpus.cited import KINDS, about, known_cited
from corpus.deadline import statutory_date
from corpus.model import AgencyKind, StatementUse
from corpus.parse.references import find_references
from corpus.vocabulary import label, load

LICENCE = (
    "The facts are taken from official documents of the State, which are not protected by copyright (中华人民共和国著作权法, "
    "article 5); the selection and its wording are part of this project and under its licence (MIT)."
)
USES = {
    StatementUse.USED: "the field was taken from here",
    StatementUse.AGREES: "says the same, or the same body by a shorter name",
    StatementUse.DIFFERS: "says something else; a site's template may have left it there",
    StatementUse.UNUSABLE: "a dummy code, 新华社 as source, a place that cannot be compared",
}
KINDS_OF_CHANGE = {
    "renamed": "one function under a new name",
    "merged": "several functions became one",
    "absorbed": "went into a body that was there before",
    "founded": "new; takes pieces of several bodies",
}


# --- agencies --------------------------------------------------------------------------------------------------------


def agencies_page() -> str:
    """Who reports: evidence, kinds, names through the reforms."""
    return page(
        "Agencies",
        "## Evidence",
        "Title, agency, year, date and region of a report rest on what its page says. Sources count in the order of the list "
        "below; every statement is recorded with what it said and what became of it (`gongkai show --explain`, "
        "`/api/v1/reports/ID/explain`, 认定依据 on the page of the report). Meta tags of government sites are evidence, never truth.",
        table(
            ("about", "sources, the first counts most"),
            [
                (
                    "agency",
                    "title · a longer name beside it that ends so · signature · 填报单位, 发布机构 …, `ContentSource`, 来源 · breadcrumb",
                ),
                ("year", "title · `ArticleTitle`, HTML title · 统计期限 · the year before the publication"),
                ("date", "`PubDate` · 发布日期, 成文日期 … · the date of the signature"),
                (
                    "region",
                    "the name, by the [divisions](divisions.md) of the year · `SiteIDCode` · 网站标识码 of the footer, unless contradicted",
                ),
                ("recorded only", "`SiteName`, `ColumnType`, `ColumnName`: templates of other sites survive there"),
            ],
        ),
        table(("use", "meaning"), [(code(use.value), USES[use]) for use in StatementUse]),
        "## Kinds",
        "The kind is read off the end of the name, the longest ending first. It decides by which day the report for a year has to be "
        "published; bodies that are neither department nor government for certain are held against the later date "
        "(`d.published_late`, see [checks](checks.md)).",
        table(("kind", "Chinese", "English", "report for 2018 by", "for 2023 by"), list(_kinds())),
        "## One body under several names",
        "Bodies were renamed and merged. The table below says how, as a general pattern of names: the place stands before the "
        "function (望州市｜国土资源局), and a body of the same place is presumed to be an earlier or later form. Nothing is merged by "
        "it: every report keeps its name and id, no check follows from it, and the page of an agency says that it is presumed. "
        "Places must be the same to the last level; a region in the evidence that contradicts takes a report out. "
        "The filter [`body`](parameters.md) finds the reports of a body with those under its earlier and later names.",
        table(("years", "from", "to", "change", "laid down in"), [_succession(s) for s in successions()]),
        table(("change", "meaning"), [(code(key), text) for key, text in KINDS_OF_CHANGE.items()]),
        "### Names of a function",
        "The first is the fullest, the others are abbreviations and variants.",
        table(("key", "names"), [_function(f) for f in functions().values()]),
        "## Sources and licence",
        table(("key", "source", "in English"), [(code(e["key"]), e["zh"], e["en"]) for e in load("bodies")["source"]]),
        LICENCE,
        "Kinds and endings of names are in `corpus/vocab/agencies.toml`, successions in `corpus/vocab/bodies.toml`; both carry "
        "examples that the tests read.",
    )


def _kinds() -> Iterator[tuple[str, ...]]:
    for kind in AgencyKind:
        days = [day.isoformat() if (day := statutory_date(kind, year)) else "–" for year in (2018, 2023)]
        yield code(kind.value), label(kind.value, "kind"), label(kind.value, "kind", "en"), *days


def _succession(step: Succession) -> tuple[str, ...]:
    years = f"{step.first_year}" if step.first_year == step.last_year else f"{step.first_year}–{step.last_year}"
    note = f" ({step.note_en})" if step.note_en else ""
    key = next(e["key"] for e in load("bodies")["source"] if e["zh"] == step.source.zh)
    return (
        years,
        " + ".join(f.names[0] for f in step.before),
        f"{step.after.names[0]}{note}",
        code(step.kind),
        code(key),
    )


def _function(function: Function) -> tuple[str, str]:
    return code(function.key), "、".join(function.names)


# --- references ------------------------------------------------------------------------------------------------------


def references_page() -> str:
    """What reports cite, how it is recognised and where it is shown."""
    return page(
        "Cited laws and documents",
        "Every law, order, document number and standard that the text of a report names is kept with its offsets "
        "(`references` of a report), its raw form and its canonical name. `/references/` lists them; each has a page with every "
        "place that cites it, by year and by article; `/api/v1/references` says the same to programs, and the filter "
        "[`cites`](parameters.md) finds the citing reports.",
        "## Kinds",
        table(("kind", "Chinese", "English", "printed", "canonical"), list(_examples())),
        "An article behind a title belongs to the citation (《条例》第二十条第（一）项), also behind a bracket that tells the number or "
        "the short form of the law. 《条例》 alone means what the report declared by it (以下简称《条例》), else the only law named before "
        "that ends so; otherwise it names nothing.",
        "## What cannot be resolved",
        "A number that is damaged in print (`〔202130`, `国发﹝20168号`) and a short form that nothing explains keep their raw text and "
        "get no canonical name (`null`): nothing is completed or guessed. `/references/?kind=unresolved` lists them with their places.",
        "## What is known about them",
        table(("canonical", "English", "also cited as", "related"), list(_known())),
        *(known.note_en for known in known_cited() if known.note_en),
        "Other documents are known by their number or title alone.",
        "## Sources and licence",
        "The grammar of document numbers is that of 党政机关公文处理工作条例 (2012). Names, numbers and dates above are those of the acts "
        f"themselves. {LICENCE}",
        "The data is `corpus/vocab/references.toml`; its examples are read by the tests.",
    )


def _examples() -> Iterator[tuple[str, ...]]:
    for kind, text in (
        ("law", "《政府信息公开条例》第三十六条"),
        ("order", "国令第711号"),
        ("document", "国办公开办函[2021]30号"),
        ("standard", "DB51/T 2660-2019"),
    ):
        (found,) = find_references(text)
        assert found.kind == kind, text
        yield code(kind), *KINDS[kind], text, str(found.canonical)


def _known() -> Iterator[tuple[str, ...]]:
    for cited in known_cited():
        known = about(cited.canonical)
        yield cited.canonical, known.en, "、".join(known.aliases), "、".join(known.related)
