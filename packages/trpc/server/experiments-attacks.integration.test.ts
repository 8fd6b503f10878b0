// What somebody with bad intentions would send to the routers; the services have tests of their own beside them.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createAdmin } from "@calcom/features/auth/server";
import { experiments, experimentsAdmin } from "@calcom/features/experiments/server";
import { type ExperimentInput, MAX_BATCH } from "@calcom/features/experiments/types";
import { database } from "@calcom/prisma";
import { TRPCError } from "@trpc/server";
import { beforeAll, describe, expect, test } from "vitest";
import { createContext } from "./context";
import { appRouter } from "./routers/_app";
import { createCallerFactory } from "./trpc";

await testDatabase();
const { prisma } = database();

const slug = "a-test";
let adminId: number;
let userId: number;
let version: number;

beforeAll(async () => {
  const admin = await createAdmin({ name: "Boss", email: "boss@example.com", password: "a long password" });
  adminId = admin.id;
  const user = await prisma.user.create({
    data: { email: "uma@example.com", name: "Uma", passwordHash: "-" },
  });
  userId = user.id;
  const actor = { userId: adminId };
  const draft = await experimentsAdmin().editing.create(actor, input());
  ({ version } = await experimentsAdmin().lifecycle.updateStatus(actor, { ...draft, action: "start" }));
});

function input(changes: object = {}): ExperimentInput {
  return {
    slug,
    name: "A test",
    variants: [
      { name: "control", percentage: 50 },
      { name: "urgent", percentage: 50 },
    ],
    control: "control",
    clientEvents: ["clicked"],
    ...changes,
  } as ExperimentInput;
}

/** Calls a procedure with whatever the wire may carry, past all types. */
async function call(path: string, as: number | null, wire: unknown): Promise<unknown> {
  const context = createContext({
    identity: { userId: as, visitorId: null, isBot: false, hasConsent: true, address: "192.0.2.1" },
  });
  const caller: unknown = createCallerFactory(appRouter)(context);
  const procedure = path.split(".").reduce((at, key) => (at as Record<string, unknown>)[key], caller);
  return (procedure as (wire: unknown) => Promise<unknown>)(wire);
}

async function codeOf(outcome: Promise<unknown>): Promise<string> {
  const failure = await outcome.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure === null) return "OK";
  return failure instanceof TRPCError ? failure.code : "UNFORESEEN";
}

const HALF_A_CHARACTER = "\ud83d";
const request = { experimentSlug: slug };
const conversion = { slug, event: "clicked", key: "1" };

describe("what everybody may call", () => {
  test.each<[what: string, path: string, wire: unknown]>([
    ["a batch of none", "getVariants", { requests: [] }],
    ["a batch of 51", "getVariants", { requests: Array(MAX_BATCH + 1).fill(request) }],
    ["a batch of a million", "getVariants", { requests: Array(1_000_000).fill(request) }],
    ["a slug alone of a megabyte", "getVariants", { requests: ["a".repeat(1_000_000)] }],
    ["a slug alone with a NUL", "getVariants", { requests: [slug, "a\0b"] }],
    ["an empty slug alone", "getVariants", { requests: [""] }],
    ["a slug alone where no batch is", "getVariant", slug],
    ["a batch that is none", "getVariants", { requests: { length: 1, 0: request } }],
    ["a slug of a megabyte", "getVariant", { experimentSlug: "a".repeat(1_000_000) }],
    ["a slug with a NUL", "getVariant", { experimentSlug: "a\0b" }],
    ["a slug that is an object", "getVariant", { experimentSlug: { $ne: null } }],
    ["a fractional team", "getVariant", { ...request, teamId: 1.5 }],
    ["a team that is text", "getVariant", { ...request, teamId: "1 OR 1=1" }],
    ["a user that is no number", "getVariant", { ...request, userId: Number.NaN }],
    ["a visitor of a megabyte", "getVariant", { ...request, visitorId: "a".repeat(1_000_000) }],
    ["an age before time", "trackExposure", { slug, ageMs: -1 }],
    ["an endless age", "trackExposure", { slug, ageMs: Number.POSITIVE_INFINITY }],
    ["an age that is none", "trackExposure", { slug, ageMs: Number.NaN }],
    ["a key of 101 characters", "trackConversion", { ...conversion, key: "k".repeat(101) }],
    ["a key with a NUL", "trackConversion", { ...conversion, key: "a\0b" }],
    ["half a character as key", "trackConversion", { ...conversion, key: HALF_A_CHARACTER }],
    ["an event with a NUL", "trackConversion", { ...conversion, event: "clicked\0" }],
    ["an event that nobody declared", "trackConversion", { ...conversion, event: "paid" }],
    ["nothing", "trackConversion", undefined],
  ])("refuses %s as bad input, and stores nothing", async (_what, procedure, wire) => {
    const before = await prisma.experimentVariant.count();
    const since = performance.now();
    expect(await codeOf(call(`viewer.experiments.${procedure}`, userId, wire))).toBe("BAD_REQUEST");
    expect(performance.now() - since).toBeLessThan(1_000);
    expect(await prisma.experimentVariant.count()).toBe(before);
  });

  const refusalOf = (teamId: number) =>
    call("viewer.experiments.getVariant", userId, { ...request, teamId }).catch((error: TRPCError) => ({
      code: error.code,
      message: error.message,
    }));

  test("refuses a team that is not the caller's, there or not", async () => {
    expect(await refusalOf(999_999)).toEqual({
      code: "FORBIDDEN",
      message: "You are not a member of that team, or not signed in.",
    });
  });

  test.each([2 ** 31, 2 ** 53 - 1, 0, -1])("refuses %s, which can be no team's id", async (teamId) => {
    expect(await refusalOf(teamId)).toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringContaining("can’t be an ID"),
    });
  });

  test("takes 50 at once, in each of their forms, and answers them in their order", async () => {
    const slugs = Array.from({ length: MAX_BATCH }, (_, index) => (index === 7 ? slug : `unknown-${index}`));
    const requests = slugs.map(
      (slug, index) => [slug, { slug }, { experimentSlug: slug }, { slug, userId }][(index + 1) % 4],
    );
    const answers = (await call("viewer.experiments.getVariants", userId, { requests })) as {
      slug: string;
      reason: string;
    }[];
    expect(answers.map((answer) => answer.slug)).toEqual(slugs);
    expect(answers[7]?.reason).toBe("allocated");
  });

  test("believes nothing that an input says about the caller, the row or the preview", async () => {
    const wire = {
      ...request,
      ...{ identity: { userId: adminId }, ctx: { identity: { userId: adminId } }, isBot: false },
      ...{
        overrides: { [slug]: { variant: "urgent", expiresAt: 9e15 } },
        variant: "urgent",
        reason: "override",
      },
    };
    expect(await call("viewer.experiments.getVariant", null, wire)).toMatchObject({
      variant: null,
      reason: "no_unit",
      subject: null,
    });
    expect(await call("viewer.experiments.getVariant", userId, wire)).toMatchObject({
      subject: `user:${userId}`,
      reason: expect.stringMatching(/allocated|sticky/),
    });
  });

  test("takes neither value, time nor assignment of a conversion from a browser", async () => {
    await experiments().decide({ userId, visitorId: null, isBot: false, hasConsent: true, address: null }, [
      { slug },
    ]);
    const wire = { ...conversion, key: "worth", occurredAt: new Date(0), assignmentId: "other" };
    const valued = call("viewer.experiments.trackConversion", userId, { ...wire, value: 1e308 });
    expect(await codeOf(valued)).toBe("BAD_REQUEST");
    expect(await call("viewer.experiments.trackConversion", userId, wire)).toEqual({ recorded: 1 });
    const [stored] = await prisma.experimentConversion.findMany({ where: { idempotencyKey: "worth" } });
    expect(stored?.value).toBeNull();
    expect(Date.now() - Number(stored?.occurredAt)).toBeLessThan(60_000);
  });

  test("dates no event further back than five minutes", async () => {
    const wire = { ...conversion, key: "old", ageMs: Number.MAX_SAFE_INTEGER };
    await call("viewer.experiments.trackConversion", userId, wire);
    const [stored] = await prisma.experimentConversion.findMany({ where: { idempotencyKey: "old" } });
    expect(Date.now() - Number(stored?.occurredAt)).toBeLessThan(6 * 60_000);
  });
});

describe("what admins may call", () => {
  const nested = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level++) value = [value];
    return value;
  };
  const withPayload = (payload: unknown) => ({
    variants: [
      { name: "control", percentage: 50, payload },
      { name: "urgent", percentage: 50 },
    ],
  });
  const settings: [what: string, changes: object][] = [
    ["a payload over 8 kB", withPayload("x".repeat(8_001))],
    ["a payload 10,000 levels deep", withPayload(nested(10_000))],
    ["a payload with a NUL", withPayload({ a: "\0" })],
    ["a name with a NUL", { name: "a\0b" }],
    ["half a character in a name", { name: HALF_A_CHARACTER }],
    ["a description of a megabyte", { description: "a".repeat(1_000_000) }],
    ["a hypothesis with a NUL", { hypothesis: "\0" }],
    ["a condition with a NUL", { targetingRules: { userAttributes: { a: "\0" } } }],
    ["a path with a NUL", { targetingRules: { userAttributes: { "a\0": 1 } } }],
    [
      "half a character in a list",
      { targetingRules: { userAttributes: { a: { $in: [HALF_A_CHARACTER] } } } },
    ],
    ["1,001 teams", { targetingRules: { teamIds: Array.from({ length: 1_001 }, (_, id) => id + 1) } }],
    [
      "21 variants",
      { variants: Array.from({ length: 21 }, (_, n) => ({ name: `v${n}`, percentage: n ? 5 : 0 })) },
    ],
    ["a share of a millionth", { trafficPercentage: 0.000001 }],
    ["a share that is none", { trafficPercentage: Number.NaN }],
    ["a status", { status: "running" }],
    ["a salt", { salt: "mine" }],
    ["a winner", { winnerVariant: "urgent" }],
    ["an owner", { ownerId: 1 }],
  ];

  test.each(settings)("refuses %s, at creation and in a save", async (_what, changes) => {
    const create = call("viewer.admin.experiments.create", adminId, input({ slug: "another", ...changes }));
    expect(await codeOf(create)).toBe("BAD_REQUEST");
    const save = call("viewer.admin.experiments.updateConfig", adminId, { slug, version, patch: changes });
    expect(await codeOf(save)).toBe("BAD_REQUEST");
    expect(await prisma.feature.findUnique({ where: { slug: "another" } })).toBeNull();
    expect((await prisma.feature.findUniqueOrThrow({ where: { slug } })).version).toBe(version);
  });

  test.each<[what: string, path: string, wire: object]>([
    ["a search with a NUL", "list", { search: "a\0b" }],
    ["half a character in a search", "list", { search: HALF_A_CHARACTER }],
    ["a search of 101 characters", "list", { search: "a".repeat(101) }],
    ["page 0", "list", { page: 0 }],
    ["page 1e15", "list", { page: 1e15 }],
    ["pages of a million", "list", { pageSize: 1_000_000 }],
    ["a slug with a NUL", "get", { slug: "a\0b" }],
    ["a slug with a NUL", "stats", { slug: "a\0b" }],
    ["an action that is none", "updateStatus", { slug, version: 1, action: "__proto__" }],
    ["concluding by the back door", "updateStatus", { slug, version: 1, action: "conclude" }],
    ["a winner that is a condition", "conclude", { slug, version: 1, winnerVariant: { $ne: null } }],
    ["version 0", "delete", { slug, version: 0, confirmSlug: slug }],
  ])("refuses %s as bad input (%s)", async (_what, procedure, wire) => {
    expect(await codeOf(call(`viewer.admin.experiments.${procedure}`, adminId, wire))).toBe("BAD_REQUEST");
  });

  test("lets an experiment be deleted whose slug is from before slugs were short", async () => {
    const long = `legacy_${"a".repeat(150)}`;
    const feature = await prisma.feature.create({ data: { slug: long, type: "EXPERIMENT" } });
    await prisma.experimentEpoch.create({
      data: { experimentSlug: long, number: 0, weights: {}, trafficPercentage: 100 },
    });
    await prisma.experimentVariant.create({
      data: { experimentSlug: long, userId, variant: "control", assignmentType: "DETERMINISTIC", epoch: 0 },
    });
    const wire = { slug: long, version: feature.version, confirmSlug: long };
    expect(await codeOf(call("viewer.admin.experiments.delete", adminId, wire))).toBe("OK");
    expect(await prisma.feature.findUnique({ where: { slug: long } })).toBeNull();
  });

  test.each(["updateConfig", "updateStatus", "conclude", "takeBackWinner", "delete"])(
    "%s calls a version that no row can have stale",
    async (procedure) => {
      const stale = { slug, version: 2 ** 31, patch: {}, action: "pause", winnerVariant: null };
      expect(await codeOf(call(`viewer.admin.experiments.${procedure}`, adminId, stale))).toBe("CONFLICT");
    },
  );
});
