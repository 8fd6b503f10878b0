import { randomUUID } from "node:crypto";
import type { ExperimentConfig } from "@calcom/features/experiments/types";
import {
  aConfig,
  aSubject,
  type CompiledExperiment,
  CompiledExperiments,
  decide,
  facts,
  type Subject,
  surroundings,
} from "../internals";

/** The same question for every engine: which of two halves, for everybody or for those whom a condition matches. */
export interface Workload {
  slugs: readonly string[];
  people: readonly Person[];
  hasCondition: boolean;
}

export interface WorkloadOptions {
  experiments: number;
  hasCondition: boolean;
  /** Users have numbers, visitors UUIDs, which take six times as long to read. */
  ids: "users" | "visitors";
}

/** What the application knows of a user, and so what an engine gets: a condition reads two of these. */
export interface Person {
  id: string;
  email: string;
  role: string;
  createdAt: string;
  plan: string;
  country: string;
  locale: string;
  industry: string;
}

export const VARIANTS = ["control", "treatment"] as const;
/** Everybody of the workload matches it, so that no engine may stop early. */
export const CONDITION = { plan: "teams", countries: ["AT", "CH", "DE"] } as const;

// A power of two, so that picking one costs a mask; few enough to stay in the processor's cache, as the
// subject of a request does.
const PEOPLE = 256;

export function aWorkload({ experiments, hasCondition, ids }: WorkloadOptions): Workload {
  return {
    // All of one length, or of many experiments the average one had a longer name.
    slugs: Array.from({ length: experiments }, (_, index) => `experiment-${String(index).padStart(3, "0")}`),
    people: Array.from({ length: PEOPLE }, (_, index) => aPerson(index, ids)),
    hasCondition,
  };
}

function aPerson(index: number, ids: WorkloadOptions["ids"]): Person {
  const { plan, countries } = CONDITION;
  return {
    // Copied: the original is a rope of pieces, which an id that was read from somewhere is not.
    id: ids === "users" ? String(10_007 + index * 37) : Buffer.from(randomUUID()).toString("latin1"),
    email: `person-${index}@example.com`,
    role: "USER",
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    plan,
    country: countries[index % countries.length] as string,
    locale: "de",
    industry: "health",
  };
}

/** One evaluation, of a slug and a person that are picked by the number of the call. */
export type Engine = (call: number) => string;

/** Each in turn. */
export function takeInTurn<Item>(items: readonly Item[], call: number): Item {
  return items[call % items.length] as Item;
}

/** Multiplied, so that a person meets all experiments rather than always the same ones. */
export function personOf<Item>(people: readonly Item[], call: number): Item {
  return people[Math.imul(call, 0x9e3779b1) & (PEOPLE - 1)] as Item;
}

/** Ours: a look into the compiled experiments of a node, and the decision. */
export function calcom(workload: Workload, asked = workload.slugs): Engine {
  const experiments = new CompiledExperiments();
  for (const slug of workload.slugs)
    experiments.put({ slug, version: 1, enabled: true, metadata: configOf(slug, workload) });
  const subjects = workload.people.map(subjectOf);
  return (call) => {
    const experiment = experiments.get(takeInTurn(asked, call)) as CompiledExperiment;
    return decide(experiment, personOf(subjects, call), null, null, surroundings).variant ?? "";
  };
}

function configOf(slug: string, { hasCondition }: Workload): ExperimentConfig {
  const { plan, countries } = CONDITION;
  return aConfig({
    salt: slug,
    variants: VARIANTS.map((name) => ({ name, percentage: 50 })),
    targetingRules: hasCondition ? { userAttributes: { plan, country: { $in: [...countries] } } } : {},
  });
}

function subjectOf(person: Person): Subject {
  return aSubject(person.id, { facts: facts({ attributes: { ...person } }) });
}
