import fc from "fast-check";
import type { AssignmentKey } from "../../serve/assignments.repository";
import { anExperiment } from "../builders";

const SLUGS = ["first", "second"];
const VISITORS = ["a", "b", "c"];
const PEOPLE = [1, 2];
const experiments = new Map(SLUGS.map((slug) => [slug, { ...anExperiment(), slug }]));

const slug = fc.constantFrom("first", "first", "first", "first", "second");
const visitor = fc.constantFrom(...VISITORS);
const person = fc.constantFrom(1, 1, 1, 2);
const node = fc.constantFrom(0, 1);
const key: fc.Arbitrary<AssignmentKey> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      slug,
      unit: fc.constant("visitor" as const),
      unitId: visitor,
      personId: fc.constantFrom(null, null, null, 1, 2),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      slug,
      unit: fc.constant("user" as const),
      unitId: person.map(String),
      personId: person,
    }),
  },
);
const next = fc.nat(3);

const ageMs = fc.constantFrom(0, 3_000, 60_000);
const count = fc.constantFrom(1, 2, 100);
const as = <What extends string, Facts extends object>(
  weight: number,
  what: What,
  facts: { [Name in keyof Facts]: fc.Arbitrary<Facts[Name]> },
) => ({
  weight,
  arbitrary: fc.record({ what: fc.constant(what), ...facts }) as fc.Arbitrary<{ what: What } & Facts>,
});

/** Reads and reports are over at once, or take several steps, between which anything may happen. */
const step = fc.oneof(
  as(10, "visit", { node, key }),
  as(6, "see", { key, ageMs }),
  as(3, "read", { node, key }),
  as(4, "go on reading", { node, next }),
  as(3, "report", { key, ageMs }),
  as(8, "go on reporting", { next }),
  as(6, "hear", { node, count }),
  as(4, "wait", { ms: fc.constantFrom(1, 1_000, 11_000, 11_000) }),
  as(3, "link", { visitor, person }),
  as(1, "forget visitor", { visitor }),
  as(1, "erase user", { person }),
  as(1, "delete rows", { slug }),
  as(1, "lose", { node }),
  as(2, "listen", { node }),
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The report of one browser began before that of the other, and comes last: chance finds it seldom. */
export const OVERTAKEN: Step[] = [
  { what: "link", visitor: "a", person: 1 },
  { what: "link", visitor: "b", person: 1 },
  { what: "report", key: keyOf("b"), ageMs: 60_000 },
  { what: "report", key: keyOf("a"), ageMs: 0 },
  ...[0, 1, 0, 0].map((next): Step => ({ what: "go on reporting", next })),
  { what: "wait", ms: 1 },
  ...[1, 1, 1].map((next): Step => ({ what: "go on reporting", next })),
  { what: "hear", node: 0, count: 100 },
  { what: "wait", ms: 11_000 },
  { what: "visit", node: 0, key: keyOf("a") },
  { what: "go on reporting", next: 0 },
];

/** A browser is joined to the person of another, who is not signed in there. */
export const JOINED: Step[] = [
  { what: "see", key: keyOf("b"), ageMs: 0 },
  { what: "wait", ms: 1 },
  { what: "link", visitor: "a", person: 1 },
  { what: "see", key: keyOf("a"), ageMs: 0 },
  { what: "hear", node: 0, count: 100 },
  { what: "wait", ms: 11_000 },
  { what: "visit", node: 0, key: keyOf("a") },
  { what: "link", visitor: "b", person: 1 },
  { what: "hear", node: 0, count: 100 },
];

function keyOf(unitId: string): AssignmentKey {
  return { slug: "first", unit: "visitor", unitId, personId: null };
}

export const histories = fc.array(step, { minLength: 5, maxLength: 80, size: "max" });

export const experimentOf = ({ slug }: AssignmentKey) =>
  experiments.get(slug) as ReturnType<typeof anExperiment>;

export const KEYS: AssignmentKey[] = SLUGS.flatMap((slug) => [
  ...VISITORS.flatMap((unitId) =>
    [null, ...PEOPLE].map((personId) => ({ slug, unit: "visitor" as const, unitId, personId })),
  ),
  ...PEOPLE.map((personId) => ({ slug, unit: "user" as const, unitId: String(personId), personId })),
]);
