"""The OpenAPI 3.1 description of the API, made from the index's own table of parameters so that it cannot lag behind."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any, Final

from indexer import FILTERS, SORTS

_PROBLEM: Final = {"$ref": "#/components/schemas/Problem"}


def _version() -> str:
    try:
        return version("gongkai")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


def _parameter(
    name: str, text: str, schema: dict[str, Any], *, many: bool = False, where: str = "query"
) -> dict[str, Any]:
    parameter: dict[str, Any] = {"name": name, "in": where, "required": where == "path", "description": text}
    parameter["schema"] = {"type": "array", "items": schema} if many else schema
    return {**parameter, "style": "form", "explode": True} if many else parameter


def filter_parameters() -> list[dict[str, Any]]:
    """One parameter per filter of the index; each may be repeated."""
    return [
        _parameter(name, f"{field.en} ({field.zh}). Repeated values are alternatives.", {"type": "string"}, many=True)
        for name, field in FILTERS.items()
    ]


def search_parameters() -> list[dict[str, Any]]:
    """The parameters of a search: query, filters, grouping, order, page."""
    return [
        _parameter("q", "What to look for. “…” is an exact phrase.", {"type": "string"}),
        *filter_parameters(),
        _parameter("group", "What a hit is.", {"type": "string", "enum": ["report", "section"], "default": "report"}),
        _parameter("sort", "Order of the hits.", {"type": "string", "enum": list(SORTS), "default": "relevance"}),
        _parameter("limit", "Hits in one answer.", {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}),
        _parameter("offset", "Hits to leave out first.", {"type": "integer", "minimum": 0, "default": 0}),
        _parameter("synonyms", "`0` turns synonyms off.", {"type": "string", "enum": ["0", "1"], "default": "1"}),
    ]


def _answer(text: str, schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {"description": text, "content": {media: {"schema": schema}}}


def _operation(
    name: str, summary: str, parameters: list[dict[str, Any]], good: dict[str, Any], *errors: int
) -> dict[str, Any]:
    problems = {str(code): _answer("A problem.", _PROBLEM, "application/problem+json") for code in errors}
    return {"operationId": name, "summary": summary, "parameters": parameters, "responses": {"200": good, **problems}}


def _paths() -> dict[str, Any]:
    one = [
        _parameter("id", "The report.", {"type": "string", "pattern": "^[a-z0-9-]{4,64}$"}, where="path"),
        _parameter("version", "A version; the newest without it.", {"type": "integer", "minimum": 1}),
    ]
    found = _answer("Hits and facets.", {"$ref": "#/components/schemas/SearchAnswer"})
    listed = _answer("Reports.", {"$ref": "#/components/schemas/ReportList"})
    report = _answer("The report.", {"$ref": "#/components/schemas/Report"})
    text = _answer("The text.", {"type": "string"}, "text/plain")
    cited = _answer("Laws and documents.", {"$ref": "#/components/schemas/CitedList"})
    citing = _answer("Places that cite it.", {"$ref": "#/components/schemas/Citing"})
    name = [
        _parameter("name", "Canonical name, or a printed form of it.", {"type": "string"}, where="path"),
        _parameter("article", "Only places that name this article.", {"type": "integer", "minimum": 1}),
        *(p for p in search_parameters() if p["name"] in ("limit", "offset")),
    ]
    explained = _answer("Every cell and its way.", {"$ref": "#/components/schemas/Explanation"})
    return {
        "/api/v1/search": {"get": _operation("search", "Search the sections of all reports", search_parameters(), found, 400, 503)},
        "/api/v1/reports": {"get": _operation("listReports", "All reports that match the filters", filter_parameters(), listed, 400, 503)},
        "/api/v1/reports/{id}": {"get": _operation("getReport", "One report", one, report, 400, 404, 410, 503)},
        "/api/v1/reports/{id}/text": {"get": _operation("getText", "The text of one report", one, text, 400, 404, 410, 503)},
        "/api/v1/reports/{id}/explain": {"get": _operation("explain", "How each figure was read", one, explained, 400, 404, 410, 503)},
        "/api/v1/references": {"get": _operation("listReferences", "All laws and documents that reports cite", [], cited, 400, 503)},
        "/api/v1/references/{name}": {"get": _operation("getReference", "What cites one law or document", name, citing, 400, 404, 503)},
    }  # fmt: skip


def _object(required: dict[str, Any], text: str) -> dict[str, Any]:
    return {"type": "object", "description": text, "properties": required, "required": list(required)}


def _schemas() -> dict[str, Any]:
    string, integer, null = {"type": "string"}, {"type": "integer"}, {"type": ["string", "null"]}
    strings, objects = {"type": "array", "items": string}, {"type": "array", "items": {"type": "object"}}
    thing = {"type": "object"}
    entries = {
        "type": "array",
        "items": _object({"value": {}, "label": string, "count": integer}, "A value and its count."),
    }
    facets = {"type": "object", "additionalProperties": entries}
    return {
        "Problem": _object({"type": string, "title": string, "status": integer, "detail": string}, "An error (RFC 9457)."),
        "SearchAnswer": _object(
            {"query": thing, "total": integer, "took_ms": {"type": "number"}, "hits": objects, "facets": facets},
            "`total` and all counts count reports, or sections with group=section.",
        ),
        "ReportList": _object({"total": integer, "reports": objects}, "Every report, never a page."),
        "CitedList": _object({"total": integer, "references": objects}, "Most citing reports first."),
        "Citing": _object(
            {"kind": string, "canonical": string, "reports": integer, "reports_by_year": thing, "places_by_article": thing,
             "total": integer, "places": objects},
            "`total` counts places; each place has its report, version, citation as printed and offsets into the report's text.",
        ),
        "Explanation": _object(
            {"id": string, "version": integer, "evidence": thing, "statements": objects, "cells": objects, "rejected": objects},
            "Grid, row, column, labels, matched wording and rule of every cell; the printed figures that no cell took, and why.",
        ),
        "Report": _object(
            {"id": string, "version": integer, "versions": objects, "permalink": string, "cite_as": string, "title": string,
             "agency": null, "agency_printed": null, "agency_kind": null, "year": {"type": ["integer", "null"]}, "scope": null,
             "format_era": string, "region": thing, "published": null, "sources": objects, "sections": objects, "tables": thing,
             "derived": thing, "denial_reasons": strings, "narrative_facts": objects, "references": objects, "findings": objects},
            "A report as printed: figures are never repaired, what is wrong with them is in `findings`. Offsets are code points.",
        ),
    }  # fmt: skip


def description(base_url: str) -> dict[str, Any]:
    """The whole description; `base_url` is the address of this site."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gongkai",
            "version": _version(),
            "summary": "Annual reports on open government information: search, text, figures.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": base_url}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }
