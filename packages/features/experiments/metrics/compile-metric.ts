import { type Sentence, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import type { CatalogDefinition, FilterOperator, MetricTerm, TermFilter } from "../types/metric-catalog";
import { defineMetric, type Metric, type MetricDefinition, type MetricSource } from "./define-metric";
import type { Source } from "./define-source";
import { type FilterType, operatorsOf } from "./filter-operators";
import { quoteLiteral } from "./quote-literal";

export type Compiled = { ok: true; metric: Metric } | { ok: false; fault: Sentence };

/** Why a definition names what code does not offer (any more). */
class NotOffered extends Error {
  readonly fault: Sentence;

  constructor(fault: Sentence) {
    super(fault.text);
    this.fault = fault;
  }
}

/** The one way from a metric of the catalog into SQL: names are looked up in code, and constants are quoted. */
export function compileMetric(
  { key, definition }: { key: string; definition: CatalogDefinition },
  sources: ReadonlyMap<string, Source>,
): Compiled {
  try {
    return { ok: true, metric: defineMetric(compileDefinition(key, definition, sources)) };
  } catch (error) {
    if (error instanceof NotOffered) return { ok: false, fault: error.fault };
    if (error instanceof z.ZodError)
      return { ok: false, fault: sentence("its definition can’t be read: create a new version of it") };
    throw error;
  }
}

function compileDefinition(
  key: string,
  definition: CatalogDefinition,
  sources: ReadonlyMap<string, Source>,
): MetricDefinition {
  const compile = (term: MetricTerm) => compileTerm(term, sources);
  switch (definition.kind) {
    case "conversion":
      return { key, ...definition, source: compile(definition.source) };
    case "mean":
      return {
        key,
        ...definition,
        source: compile(definition.source),
        ...currencyOf(definition.source, sources),
      };
    case "ratio": {
      const money = definition.denominator.from === "source" && definition.denominator.value !== null;
      return {
        key,
        ...definition,
        numerator: compile(definition.numerator),
        denominator: compile(definition.denominator),
        // Money for each of something is money; money by money is a number.
        ...(money ? {} : currencyOf(definition.numerator, sources)),
      };
    }
  }
}

function compileTerm(term: MetricTerm, sources: ReadonlyMap<string, Source>): MetricSource {
  if (term.from === "events") return { events: term.events, take: term.take };
  const source = findSource(term.source, sources);
  const value = term.value === null ? "1" : quoteColumn(findValue(source, term.value));
  const tests = term.filters.map((filter) => buildTest(source, filter));
  const where = tests.length === 0 ? "" : `\nWHERE ${tests.join(" AND ")}`;
  // The query stands on lines of its own, for it may end in a comment.
  const over = (query: string) =>
    `SELECT "subject", "at", ${value} AS value FROM (\n${query}\n) AS rows${where}`;
  const { user, team } = source.query;
  return {
    query: {
      ...(user !== undefined && { user: over(user) }),
      ...(team !== undefined && { team: over(team) }),
    },
  };
}

function findSource(key: string, sources: ReadonlyMap<string, Source>): Source {
  const source = sources.get(key);
  if (source === undefined)
    throw new NotOffered(sentence("its source {{key}} is no longer defined in code", { key }));
  return source;
}

function findValue(source: Source, value: string): string {
  if (!Object.hasOwn(source.values, value))
    throw new NotOffered(
      sentence("the source {{source}} no longer offers the value {{value}}", { source: source.name, value }),
    );
  return value;
}

function buildTest(source: Source, { filter, operator, constant }: TermFilter): string {
  const offered = Object.hasOwn(source.filters, filter) ? source.filters[filter] : undefined;
  if (offered === undefined)
    throw new NotOffered(
      sentence("the source {{source}} no longer offers the filter {{filter}}", {
        source: source.name,
        filter,
      }),
    );
  if (typeof constant !== typeOf[offered.type] || !operatorsOf(offered.type).includes(operator))
    throw new NotOffered(
      sentence("the filter {{filter}} doesn’t fit its value: choose the filter again", {
        filter: offered.name,
      }),
    );
  const column = quoteColumn(filter);
  switch (typeof constant) {
    case "number":
      return `${column}::float8 ${comparisons[operator]} ${quoteLiteral(String(constant))}::float8`;
    case "boolean":
      return `${column} IS ${operator === "is" ? "" : "NOT "}${constant ? "TRUE" : "FALSE"}`;
    default:
      return `${column}::text ${comparisons[operator]} ${quoteLiteral(constant)}`;
  }
}

/** A row without a value is not what it was compared with. */
const comparisons: Record<FilterOperator, string> = {
  is: "=",
  is_not: "IS DISTINCT FROM",
  at_least: ">=",
  at_most: "<=",
};

const typeOf: Record<FilterType, "string" | "number" | "boolean"> = {
  text: "string",
  number: "number",
  boolean: "boolean",
};

function currencyOf(term: MetricTerm, sources: ReadonlyMap<string, Source>): { currency?: string } {
  if (term.from === "events" || term.value === null) return {};
  const currency = sources.get(term.source)?.values[term.value]?.currency;
  return currency === undefined ? {} : { currency };
}

/** Only names that `defineSource` has checked come here. */
function quoteColumn(name: string): string {
  return `"${name}"`;
}
