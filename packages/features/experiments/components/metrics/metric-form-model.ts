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

export const CAPS = ["none", "value", "percentile"] as const;
export type CapBy = (typeof CAPS)[number];

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
  capBy: CapBy;
  /** Of a percentile in percent. */
  cap: string;
  /** Days before the exposure; empty for none. */
  covariate: string;
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
  capBy: "none",
  cap: "",
  covariate: "",
};

/** What the form holds, still unchecked: the paths of what is refused are those of the schema. */
export function toCandidate(values: MetricValues, sources: readonly OfferedSource[]): unknown {
  const { name, kind, direction, counted, denominator } = values;
  const source = toTerm(counted, kind, sources);
  const minimumEffect = values.minimumEffect.trim() === "" ? null : toNumber(values.minimumEffect) / 100;
  const common = { kind, name, direction, minimumEffect };
  const covariate = takesCovariate(values) ? toDays(values.covariate) : null;
  const parts: Record<MetricKind, object> = {
    conversion: { source, covariate },
    mean: { source, covariate, winsorize: toCap(values) },
    ratio: { numerator: source, denominator: toTerm(denominator, kind, sources) },
  };
  return {
    key: values.key,
    description: values.description,
    definition: { ...common, ...parts[kind] },
  };
}

/** What is known of somebody from before the exposure: of a source alone, for events begin with it. */
export function takesCovariate({ kind, counted }: Pick<MetricValues, "kind" | "counted">): boolean {
  return kind !== "ratio" && counted.from !== EVENTS;
}

function toDays(typed: string): unknown {
  return typed.trim() === "" ? null : { days: toNumber(typed) };
}

function toCap({ capBy, cap }: Pick<MetricValues, "capBy" | "cap">): unknown {
  if (capBy === "none") return null;
  const typed = cap.trim() === "" ? Number.NaN : toNumber(cap);
  return capBy === "value" ? { value: typed } : { percentile: exact(typed / 100) };
}

/** Without what binary fractions add to it. */
function exact(of: number): number {
  return Number(of.toPrecision(12));
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
  const covariate = definition.kind === "ratio" ? null : definition.covariate;
  return {
    name,
    key,
    description,
    kind,
    direction,
    counted: toTermValues(counted),
    denominator: denominator === null ? emptyTerm : toTermValues(denominator),
    minimumEffect: minimumEffect === null ? "" : String(exact(minimumEffect * 100)),
    ...toCapValues(definition.kind === "mean" ? definition.winsorize : null),
    covariate: covariate === null ? "" : String(covariate.days),
  };
}

function toCapValues(
  cap: Extract<CatalogDefinition, { kind: "mean" }>["winsorize"],
): Pick<MetricValues, "capBy" | "cap"> {
  if (cap === null) return { capBy: "none", cap: "" };
  if ("value" in cap) return { capBy: "value", cap: String(cap.value) };
  return { capBy: "percentile", cap: String(exact(cap.percentile * 100)) };
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
