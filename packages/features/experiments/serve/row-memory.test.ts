import { randomUUID } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { anExperiment } from "../testing/builders";
import type { AssignmentKey, FoundAssignment } from "./assignments.repository";
import { RowMemory } from "./row-memory";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const experiment = anExperiment();
const { slug } = experiment;

const keyOf = (unitId: string, changes: Partial<AssignmentKey> = {}): AssignmentKey => ({
  slug,
  unit: "visitor",
  unitId,
  personId: null,
  ...changes,
});

const rowOf = (
  { slug, unit, unitId }: AssignmentKey,
  changes: Partial<FoundAssignment> = {},
): FoundAssignment => ({
  // As the driver reads it: in one piece.
  id: Buffer.from(randomUUID()).toString("latin1"),
  slug,
  unit,
  unitId,
  variant: "urgent",
  assignedAt: new Date(1_000),
  exposedAt: new Date(2_000),
  isProvisional: false,
  isImported: false,
  ownerId: null,
  isSettled: true,
  ...changes,
});

function aMemory(maxRows?: number) {
  const memory = new RowMemory(maxRows);
  memory.hear();
  const learn = (key: AssignmentKey, changes?: Partial<FoundAssignment>) => {
    const row = rowOf(key, changes);
    const reading = memory.begin();
    memory.remember(reading, key, experiment, row, [row]);
    memory.end(reading);
    return row;
  };
  const knows = (key: AssignmentKey) => memory.recall(key, experiment) !== null;
  return { memory, learn, knows };
}

describe("a row that was seen", () => {
  test("is known from then on, without what only finding it needed", () => {
    const { memory, learn } = aMemory();
    const { assignedAt, ownerId, isSettled, ...row } = learn(keyOf("a"));
    expect(memory.recall(keyOf("a"), experiment)).toEqual({ ...row, salt: "a-salt" });
  });

  test("is read again where its experiment has another salt, or its variant no longer", () => {
    const { memory, learn } = aMemory();
    learn(keyOf("a"));
    const [other] = [anExperiment({ salt: "another" })];
    const without = anExperiment({ variants: [{ name: "control", percentage: 100 }] });
    expect([other, without].map((one) => memory.recall(keyOf("a"), one))).toEqual([null, null]);
    expect(memory.recall(keyOf("a"), experiment)).not.toBeNull();
  });

  test("speaks for nobody else: not for another person behind the browser, nor for another kind of subject", () => {
    const { learn, knows } = aMemory();
    learn(keyOf("7"));
    const others = [{ personId: 1 }, { unit: "user" as const }, { unit: "team" as const }, { slug: "other" }];
    expect(others.map((changes) => knows(keyOf("7", changes)))).toEqual([false, false, false, false]);
    learn(keyOf("7", { unit: "user", personId: 7 }));
    // A user's own row is the same whoever asks for it.
    expect([null, 7].map((personId) => knows(keyOf("7", { unit: "user", personId })))).toEqual([true, true]);
  });

  test("is not kept while nothing is heard, nor where it was read before that", () => {
    const { memory, knows } = aMemory();
    memory.lose();
    const [key, row] = [keyOf("a"), rowOf(keyOf("a"))];
    const before = memory.begin();
    memory.hear();
    memory.remember(before, key, experiment, row, [row]);
    expect(knows(key)).toBe(false);
  });
});

describe("what is known", () => {
  test("is bounded by rows: who was read first goes first, with all that led there", () => {
    const { memory, learn, knows } = aMemory(100);
    for (let index = 0; index < 300; index++)
      learn(keyOf(`${index}`), { ownerId: index, unitId: `of another ${index}` });
    expect([199, 200, 299].map((index) => knows(keyOf(`${index}`)))).toEqual([false, true, true]);
    // As one who was forgotten and came back.
    learn(keyOf("0"));
    memory.forget("person 0");
    expect(knows(keyOf("0"))).toBe(true);
  });

  test("of one subject is kept together, and rows of other experiments outlive one", () => {
    const { memory, learn, knows } = aMemory();
    const other = { ...experiment, slug: "other" };
    learn(keyOf("a"));
    const [key, row] = [keyOf("a", { slug: "other" }), rowOf(keyOf("a", { slug: "other" }))];
    memory.remember(memory.begin(), key, other, row, [row]);
    memory.forget(`experiment ${slug}`);
    expect([knows(keyOf("a")), memory.recall(key, other)?.id]).toEqual([false, row.id]);
    memory.forget("visitor a");
    expect(memory.recall(key, other)).toBeNull();
  });

  test("takes at most 600 bytes of a visitor, and nothing of the text that the id was cut out of", () => {
    const visitors = 20_000;
    const { learn, knows } = aMemory();
    const ids = Array.from({ length: visitors }, () => randomUUID());
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (const id of ids) learn(keyOf(`${id}, ${"a header ".repeat(200)}`.slice(0, 36)));
    collectGarbage();
    expect((process.memoryUsage().heapUsed - before) / visitors).toBeLessThan(600);
    expect(knows(keyOf(ids.at(-1) as string))).toBe(true);
  });
});

test("subjects are told apart by their whole ids: their case, and any character", () => {
  const { knows, learn } = aMemory();
  const ofUser = (unitId: string) => keyOf(unitId, { unit: "user" });
  for (const id of ["ada", "漢字 12", "a b"]) learn(ofUser(id));
  expect(["ada", "漢字 12", "a b"].every((id) => knows(ofUser(id)))).toBe(true);
  expect(["Ada", "ADA", "字 12", "a"].some((id) => knows(ofUser(id)))).toBe(false);
});
