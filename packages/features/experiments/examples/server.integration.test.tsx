import { testDatabase } from "@calcom/embedded-postgres/testing";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { prerenderToNodeStream } from "react-dom/static";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeExperiments } from "../server";
import { aRunningExperiment, createFixture, createTeam, createUser } from "../testing/database-fixtures";
import type { ExperimentInput } from "../types/input";
import { blocksOf, createExamples } from "./blocks";

const PERSON =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** What Next knows of a request; who is signed in is all that matters here. */
const request = vi.hoisted(() => ({ userId: null as number | null, later: [] as (() => unknown)[] }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "user-agent": PERSON, host: "localhost:3000" }),
  cookies: async () => ({ get: () => undefined, getAll: () => [], set: () => {} }),
}));
vi.mock("next/server", async (original) => ({
  ...(await original<object>()),
  connection: async () => {},
  after: (run: () => unknown) => void request.later.push(run),
}));
// Outside of Next's router there is nothing to render again.
vi.mock("next/navigation", async (original) => ({
  ...(await original<object>()),
  usePathname: () => "/",
  useRouter: () => ({ refresh() {} }),
}));
vi.mock("../../../../apps/web/lib/session", () => {
  const user = () => request.userId && { id: request.userId, name: "Uma", email: "uma@test.example" };
  return {
    getSession: async () => (user() ? { user: user(), expires: "" } : null),
    getSessionToWrite: async () => (user() ? { userId: request.userId } : null),
    getCurrentUser: async () => user(),
  };
});

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { load, loaded, remove } = createExamples("EXAMPLES.md");
const { prisma } = fixture.database;

beforeEach(() => {
  request.userId = null;
  request.later = [];
});
afterAll(async () => {
  remove();
  await closeExperiments();
  await fixture.close();
});

/** Everybody in it gets `variant`. */
async function run(slug: string, variant: string, changes: Partial<ExperimentInput> = {}): Promise<void> {
  const variants = ["control", variant].map((name) => ({ name, percentage: name === variant ? 100 : 0 }));
  await aRunningExperiment(fixture, { slug, variants, ...changes });
}

const rowsOf = (experimentSlug: string) =>
  prisma.experimentVariant.findMany({
    where: { experimentSlug },
    select: {
      userId: true,
      teamId: true,
      variant: true,
      exposedAt: true,
      conversions: { select: { conversionEvent: true } },
    },
  });

async function htmlOf(page: ReactNode): Promise<string> {
  const { prelude } = await prerenderToNodeStream(page, { onError() {} });
  let html = "";
  for await (const chunk of prelude) html += String(chunk);
  return html;
}

async function signIn(): Promise<number> {
  request.userId = await createUser(fixture.database);
  return request.userId;
}

interface Draft {
  slug: string;
  status: string;
  version: number;
}
type CreateChecklist = { createOnboardingChecklist(adminId: number): Promise<Draft | null> };
let checklist: Draft | null = null;

beforeAll(async () => {
  await run("pricing-tiers", "variant-b");
  await run("dashboard-layout-v2", "grid", { unit: "team" });
  const { createOnboardingChecklist } = await load<CreateChecklist>("By attribute, created from code");
  checklist = await createOnboardingChecklist(fixture.admin.userId);
  // From here on everybody has it, so that there is something to see.
  const { admin } = fixture.module;
  const { slug, version } = await admin.editing.updateConfig(fixture.admin, {
    slug: "onboarding-checklist",
    version: checklist?.version ?? 0,
    patch: {
      trafficPercentage: 100,
      targetingRules: {},
      variants: [
        { name: "control", percentage: 0 },
        { name: "checklist", percentage: 100 },
      ],
    },
  });
  await admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "start" });
});

test("By attribute, created from code makes a draft once, for administrators only", async () => {
  const { createOnboardingChecklist } = await load<CreateChecklist>("By attribute, created from code");
  expect(checklist).toMatchObject({ slug: "onboarding-checklist", status: "draft" });
  expect(await createOnboardingChecklist(fixture.admin.userId)).toBeNull();
  await expect(createOnboardingChecklist(await createUser(fixture.database))).rejects.toMatchObject({
    code: "not_allowed",
  });
});

test("The page that renders them has the team's variant in its HTML, and writes its row", async () => {
  const userId = await signIn();
  const teamId = await createTeam(fixture.database, [userId]);
  const { slug } = await prisma.team.findUniqueOrThrow({ where: { id: teamId } });
  const { default: Page } = await load<{
    default(props: { params: Promise<{ slug: string }> }): Promise<ReactNode>;
  }>("The page that renders them");
  const html = await htmlOf(await Page({ params: Promise.resolve({ slug }) }));
  expect(html).toContain('data-layout="grid"');
  const rows = await rowsOf("dashboard-layout-v2");
  expect(rows.filter((row) => row.teamId === teamId)).toEqual([
    { userId: null, teamId, variant: "grid", exposedAt: null, conversions: [] },
  ]);
});

test("In a server component shows the variant, and counts it after the answer", async () => {
  const userId = await signIn();
  const { default: Page } = await load<{ default(): Promise<ReactNode> }>("In a server component");
  expect(renderToStaticMarkup(await Page())).toContain("<li>Create an event type</li>");
  const own = async () => (await rowsOf("onboarding-checklist")).find((row) => row.userId === userId);
  expect(await own()).toMatchObject({ variant: "checklist", exposedAt: null });
  for (const run of request.later) await run();
  expect(await own()).toMatchObject({ exposedAt: expect.any(Date) });
});

test("In a server action, with a transaction, a seat and its worth are there together, or neither is", async () => {
  const userId = await signIn();
  const teamId = await createTeam(fixture.database, [userId], true);
  await fixture.module.experiments.decideFor({ teamId }, ["dashboard-layout-v2"]);
  const { addSeat } = await load<{ addSeat(teamId: number): Promise<void> }>(
    "In a server action, with a transaction",
  );
  const state = async () => ({
    seats: (await prisma.subscription.findUniqueOrThrow({ where: { teamId } })).seats,
    counted: (await prisma.experimentConversion.findMany({ where: { assignment: { teamId } } })).map(
      ({ conversionEvent, value }) => [conversionEvent, Number(value)],
    ),
  });
  // A member is no owner: the transaction fails, and with it what it would have counted.
  await expect(addSeat(teamId)).rejects.toThrow();
  expect(await state()).toEqual({ seats: 3, counted: [] });
  await prisma.membership.updateMany({ where: { teamId }, data: { role: "OWNER" } });
  await addSeat(teamId);
  expect(await state()).toEqual({ seats: 4, counted: [["seat_added", 12]] });
});

test("On a static page, each prerendered address shows its own headline", async () => {
  const { staticPages } = await load<{ staticPages: Record<string, { commonCodes: string[] }> }>(
    "On a static page",
  );
  const page = await load<{
    default(props: { params: Promise<{ code: string }> }): Promise<ReactNode>;
    generateStaticParams(): { code: string }[];
  }>("On a static page", 1);
  expect(page.generateStaticParams()).toEqual(staticPages["/"]?.commonCodes.map((code) => ({ code })));
  const headlines = await Promise.all(
    page.generateStaticParams().map(async ({ code }) => {
      const html = await htmlOf(await page.default({ params: Promise.resolve({ code }) }));
      return /<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1];
    }),
  );
  // No language stands around it, and texts show as their keys.
  expect(new Set(headlines)).toEqual(
    new Set(["landing_headline_control", "landing_headline_benefit_focused"]),
  );
  await expect(
    htmlOf(await page.default({ params: Promise.resolve({ code: "nonsense" }) })),
  ).rejects.toThrow();
});

test("In a route handler answers with the prices of the stored variant, and counts them as seen", async () => {
  const userId = await signIn();
  const { GET } = await load<{ GET(request: Request): Promise<Response> }>("In a route handler");
  const response = await GET(
    new Request("http://localhost:3000/api/prices", { headers: { "user-agent": PERSON } }),
  );
  expect(await response.json()).toEqual({ individual: 8, teams: 16 });
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  expect(await rowsOf("pricing-tiers")).toMatchObject([
    { userId, variant: "variant-b", exposedAt: expect.any(Date) },
  ]);
});

test("In a job sends by variant, and counts whoever got the mail", async () => {
  const userIds = [await createUser(fixture.database), await createUser(fixture.database)];
  const { remindNewMembers } = await load<{
    remindNewMembers(ids: number[], send: (id: number, template: string) => Promise<void>): Promise<void>;
  }>("In a job");
  const send = vi.fn(async (userId: number) => {
    if (userId === userIds[1]) throw new Error("The mailbox is full.");
  });
  await expect(remindNewMembers(userIds, send)).rejects.toThrow("mailbox");
  expect(send.mock.calls).toEqual(userIds.map((userId) => [userId, "reminder-with-checklist"]));
  const seen = (await rowsOf("onboarding-checklist")).filter(({ exposedAt }) => exposedAt !== null);
  expect(seen.map(({ userId }) => userId)).toContain(userIds[0]);
  expect(seen.map(({ userId }) => userId)).not.toContain(userIds[1]);
});

test("every example was run, here or in the browser's test", () => {
  const missing = blocksOf("EXAMPLES.md").filter(
    ({ name, heading }) => !loaded.has(name) && !IN_BROWSER.includes(heading),
  );
  expect(missing.map(({ name, heading }) => `${name} ${heading}`)).toEqual([]);
});

/** By headings: that test knows whether each of their blocks was run. */
const IN_BROWSER = [
  "A test for each user",
  "A test for each team",
  "A test for each visitor",
  "Three variants",
  "By plan",
  "A variant that carries data",
  "As an element",
  "In your own tests",
];
