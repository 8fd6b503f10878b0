import type { CatalogDefinition, FilterOperator, MetricTerm, NewMetric } from "../../types/metric-catalog";
import type { MetricKind } from "../../types/metric-kind";
import type { OfferedSource } from "../../types/metric-views";
import { toNumber } from "../form/shares";

export const EVENTS = "events";

/** What is counted, as the controls hold it. */
export interface TermValues {
  /** `EVENTS`, or the key of a source. */
  from: string;
  events: string[];
  /** Empty counts rows. */
  value: string;
  filters: { filter: string; operator: FilterOperator; constant: string }[];
}

export interface MetricValues {
  name: string;
  key: string;
  description: string;
  kind: MetricKind;
  /** What is counted; of a ratio, its numerator. */
  counted: TermValues;
  denominator: TermValues;
  direction: "increase" | "decrease";
  /** In percent. */
  minimumEffect: string;
  cap: string;
}

const emptyTerm: TermValues = { from: EVENTS, events: [], value: "", filters: [] };
/** Of recorded events, whose rows may bring a value. */
export const EVENT_VALUE = "value";

export const emptyMetric: MetricValues = {
  name: "",
  key: "",
  description: "",
  kind: "conversion",
  counted: emptyTerm,
  denominator: emptyTerm,
  direction: "increase",
  minimumEffect: "",
  cap: "",
};

/** What the form holds, still unchecked: the paths of what is refused are those of the schema. */
export function toCandidate(values: MetricValues, sources: readonly OfferedSource[]): unknown {
  const { name, kind, direction, counted, denominator } = values;
  const source = toTerm(counted, kind, sources);
  const minimumEffect = values.minimumEffect.trim() === "" ? null : toNumber(values.minimumEffect) / 100;
  const common = { kind, name, direction, minimumEffect };
  const winsorize = values.cap.trim() === "" ? null : { value: toNumber(values.cap) };
  const parts: Record<MetricKind, object> = {
    conversion: { source },
    mean: { source, winsorize },
    ratio: { numerator: source, denominator: toTerm(denominator, kind, sources) },
  };
  return {
    key: values.key,
    description: values.description,
    definition: { ...common, ...parts[kind] },
  };
}

function toTerm(term: TermValues, kind: MetricKind, sources: readonly OfferedSource[]): unknown {
  const { from, events, filters } = term;
  // A conversion asks whether something happened, and of no value.
  const value = kind === "conversion" || term.value === "" ? null : term.value;
  if (from === EVENTS) return { from: EVENTS, events, take: value === null ? "count" : "value" };
  const source = sources.find(({ key }) => key === from);
  return {
    from: "source",
    source: from,
    value,
    filters: filters.map(({ filter, operator, constant }) => ({
      filter,
      operator,
      constant: toConstant(constant, source?.filters.find(({ key }) => key === filter)?.type ?? "text"),
    })),
  };
}

function toConstant(constant: string, type: "text" | "number" | "boolean"): string | number | boolean {
  if (type === "number") return constant.trim() === "" ? Number.NaN : toNumber(constant);
  return type === "boolean" ? constant === "true" : constant;
}

/** The form of a version that is there, to make the next one of it. */
export function toMetricValues({
  key,
  description,
  definition,
}: Pick<NewMetric, "key" | "description"> & { definition: CatalogDefinition }): MetricValues {
  const { kind, name, direction, minimumEffect } = definition;
  const [counted, denominator] = termsOf(definition);
  const cap = definition.kind === "mean" ? definition.winsorize : null;
  return {
    name,
    key,
    description,
    kind,
    direction,
    counted: toTermValues(counted),
    denominator: denominator === null ? emptyTerm : toTermValues(denominator),
    minimumEffect: minimumEffect === null ? "" : String(Number((minimumEffect * 100).toPrecision(12))),
    cap: cap === null ? "" : String(cap.value),
  };
}

/** What a metric counts, and of a ratio what it is divided by. */
export function termsOf(
  definition: CatalogDefinition,
): [counted: MetricTerm, denominator: MetricTerm | null] {
  return definition.kind === "ratio"
    ? [definition.numerator, definition.denominator]
    : [definition.source, null];
}

function toTermValues(term: MetricTerm): TermValues {
  if (term.from === EVENTS)
    return { ...emptyTerm, events: term.events, value: term.take === "value" ? EVENT_VALUE : "" };
  return {
    from: term.source,
    events: [],
    value: term.value ?? "",
    filters: term.filters.map(({ constant, ...filter }) => ({ ...filter, constant: String(constant) })),
  };
}
