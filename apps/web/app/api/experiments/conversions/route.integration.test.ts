// The conversions that browsers report, as they come over the wire, and what is stored of them.
import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { experiments, type Identity } from "@calcom/features/experiments/server";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { database } from "@calcom/prisma";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { POST } from "./route";

const { connectionString } = await testDatabase();
const { prisma } = database();

let identity: Identity;
vi.mock("@/lib/identity", () => ({ identityFromRequest: async () => identity }));

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  return () => fixture.close();
});

let slug: string;
let userId: number;
beforeEach(async () => {
  ({ slug } = await aRunningExperiment(fixture, { clientEvents: ["clicked"] }));
  userId = await createUser(fixture.database);
  identity = anIdentity({ userId });
  await expect
    .poll(async () => (await experiments().decide(identity, [{ slug }]))[0]?.reason, { timeout: 20_000 })
    .toBe("sticky");
});

async function send(conversions: unknown) {
  const response = await POST(
    new Request("http://localhost:3000/api/experiments/conversions", {
      method: "POST",
      headers: { host: "localhost:3000", "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ conversions }),
    }),
  );
  const text = await response.text();
  return { status: response.status, body: text === "" ? null : JSON.parse(text) };
}

const recorded = () =>
  prisma.experimentConversion.findMany({ where: { assignment: { experimentSlug: slug } } });

test("one report without an experiment is stored, once however often it comes", async () => {
  for (let replay = 0; replay < 3; replay++)
    expect(await send([{ event: "clicked", key: "1" }])).toEqual({ status: 204, body: null });
  expect(await recorded()).toMatchObject([{ conversionEvent: "clicked", idempotencyKey: "1", value: null }]);
});

test.each([[0], [-1], [1e308], ["9.99"], [null], [{}]])(
  "a value of %j is refused in clear words, and nothing of the report is stored",
  async (value) => {
    const { status, body } = await send([
      { event: "clicked", key: "1" },
      { slug, event: "clicked", key: "2", value },
    ]);
    expect({ status, code: body.code }).toEqual({ status: 400, code: "invalid_input" });
    expect(body.message).toContain("conversions.1.value: Browsers can’t report values");
    expect(await recorded()).toEqual([]);
  },
);

test("an event that the experiment does not declare is refused, with all that came along", async () => {
  const { status, body } = await send([
    { slug, event: "clicked", key: "1" },
    { slug, event: "subscription_started", key: "2" },
  ]);
  expect({ status, code: body.code }).toEqual({ status: 400, code: "event_not_declared" });
  expect(await recorded()).toEqual([]);
});

test("an event that no experiment declares is ignored where none is named", async () => {
  expect(await send([{ event: `nobody-asks-${randomUUID()}`, key: "1" }])).toMatchObject({ status: 204 });
  expect(await recorded()).toEqual([]);
});

test.each<[string, (others: { userId: number; teamId: number }) => object]>([
  ["user", ({ userId }) => ({ userId })],
  ["team", ({ teamId }) => ({ teamId })],
])("a report in the name of another %s is refused", async (_what, claimOf) => {
  const stranger = await createUser(fixture.database);
  const claim = claimOf({ userId: stranger, teamId: await createTeam(fixture.database, [stranger]) });
  for (const report of [
    { slug, event: "clicked", key: "1", ...claim },
    { event: "clicked", key: "1", ...claim },
  ])
    expect(await send([report])).toMatchObject({ status: 403, body: { code: "claim_refused" } });
  expect(await recorded()).toEqual([]);
});

test("a report that names another visitor than the cookie's is taken, and counts nothing", async () => {
  const report = { event: "clicked", key: "1", visitorId: randomUUID() };
  expect(await send([report, { ...report, slug }])).toEqual({ status: 204, body: null });
  expect(await recorded()).toEqual([]);
});

test("a variant, an assignment or a time of one's own choosing changes nothing", async () => {
  const [assignment] = await prisma.experimentVariant.findMany({ where: { experimentSlug: slug } });
  await send([
    {
      slug,
      event: "clicked",
      key: "1",
      variant: "urgent",
      assignmentId: randomUUID(),
      occurredAt: "2020-01-01T00:00:00Z",
      ageMs: Number.MAX_SAFE_INTEGER,
    },
  ]);
  const [conversion] = await recorded();
  expect(conversion?.assignmentId).toBe(assignment?.id);
  // Five minutes are the most that a report may have been under way.
  expect(Date.now() - Number(conversion?.occurredAt)).toBeLessThan(6 * 60_000);
  expect(await prisma.experimentVariant.findMany({ where: { experimentSlug: slug } })).toEqual([assignment]);
});

test("who is in no experiment is enrolled in none by a report", async () => {
  identity = anIdentity({ userId: await createUser(fixture.database), visitorId: randomUUID() });
  for (const report of [
    { slug, event: "clicked", key: "1" },
    { event: "clicked", key: "1" },
    { slug: "not-there", event: "clicked", key: "1" },
  ])
    expect(await send([report])).toEqual({ status: 204, body: null });
  expect(await recorded()).toEqual([]);
  expect(await prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(1);
});

test("somebody else's key stands in nobody's way", async () => {
  const report = { slug, event: "clicked", key: "first-come" };
  await send([report]);
  identity = anIdentity({ userId: await createUser(fixture.database) });
  await experiments().decide(identity, [{ slug }]);
  await send([report]);
  expect(await recorded()).toHaveLength(2);
});
