import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { signVisitorId, VISITOR_COOKIE } from "@calcom/features/experiments";
import { aConfig } from "@calcom/features/experiments/testing";
import { env } from "@calcom/lib/env";
import { createDatabase } from "@calcom/prisma";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { codeFor } from "./decide-static-page";
import { staticPages } from "./static-pages";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
vi.mock("next/server", async (original) => ({
  ...(await original<object>()),
  after: (task: () => Promise<void>) => void task(),
}));

// Read now, and kept: what is stubbed ends with the first test.
vi.stubEnv("DATABASE_URL", connectionString);
// No test but that of the budget may hang on how busy the machine is.
vi.stubEnv("EXPERIMENT_BUDGET_MS", "10000");
env();

const page = staticPages["/"];
const SLUG = "landing-hero-test";
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36";

beforeAll(async () => {
  const { epoch, ...config } = aConfig({
    unit: "visitor",
    variants: [
      { name: "control", percentage: 50 },
      { name: "benefit-focused", percentage: 50 },
    ],
  });
  await database.prisma.feature.create({
    data: {
      slug: SLUG,
      type: "EXPERIMENT",
      enabled: true,
      metadata: { ...config, epoch },
      epochs: {
        create: { number: epoch, weights: { control: 50, "benefit-focused": 50 }, trafficPercentage: 100 },
      },
    },
  });
});
afterAll(() => database.close());

const rows = (visitorId: string) => database.prisma.experimentVariant.findMany({ where: { visitorId } });

async function aVisitor(headers: Record<string, string> = {}) {
  const id = randomUUID();
  const cookie = `${VISITOR_COOKIE}=${await signVisitorId(id, env().VISITOR_COOKIE_SECRET)}`;
  const given = { "user-agent": CHROME, ...headers };
  const request = new NextRequest("http://localhost:3000/", {
    headers: { ...given, cookie: [cookie, headers.cookie].filter(Boolean).join("; ") },
  });
  return { id, code: (isVisit: boolean, budgetMs?: number) => codeFor(page, request, { isVisit, budgetMs }) };
}

test("a visit stores what its page shows, and the next one shows it again", async () => {
  const { id, code } = await aVisitor();
  const first = await code(true);
  const [row] = await rows(id);
  expect(first).toBe(`allocated-${row?.variant}`);
  expect(row?.exposedAt).toBeNull();
  expect(await code(true)).toBe(`sticky-${row?.variant}`);
});

test("a soft navigation or a prefetch stores nothing, and gets what a visit would", async () => {
  const { id, code } = await aVisitor();
  const foreseen = await code(false);
  expect(await rows(id)).toEqual([]);
  expect(await code(true)).toBe(foreseen);
});

test("a bot gets control", async () => {
  const { id, code } = await aVisitor({ "user-agent": "Googlebot/2.1" });
  expect(await code(true)).toBe("bot");
  expect(await rows(id)).toEqual([]);
});

test("a signed-in person sees here what they saw first in another browser", async () => {
  const { id: elsewhere, code } = await aVisitor();
  await code(true);
  const [seen] = await rows(elsewhere);
  const user = await database.prisma.user.create({
    data: { email: "static@test.example", name: "Uma", passwordHash: "-" },
  });
  await database.prisma.visitorLink.create({ data: { visitorId: elsewhere, userId: user.id } });
  await database.prisma.experimentVariant.updateMany({
    where: { visitorId: elsewhere },
    data: { exposedAt: new Date() },
  });
  const session = await encode({ token: { sub: String(user.id) }, secret: env().NEXTAUTH_SECRET });
  for (let browser = 0; browser < 8; browser++) {
    const { id, code: here } = await aVisitor({ cookie: `next-auth.session-token=${session}` });
    expect(await here(true)).toBe(`sticky-${seen?.variant}`);
    expect(await rows(id)).toEqual([]);
    // And so that the next one knows: this browser is theirs.
    await expect
      .poll(() => database.prisma.visitorLink.findUnique({ where: { visitorId: id } }))
      .toMatchObject({ userId: user.id });
  }
});

test("past the budget the page shows control, undecided, and a late row was seen by nobody", async () => {
  const { id, code } = await aVisitor();
  const blocker = await database.pool.connect();
  let duration: number;
  try {
    await blocker.query(`BEGIN; LOCK TABLE "ExperimentVariant" IN ACCESS EXCLUSIVE MODE`);
    const start = performance.now();
    expect(await code(true, 50)).toBe("unavailable");
    duration = performance.now() - start;
  } finally {
    await blocker.query("ROLLBACK");
    blocker.release();
  }
  // Its own time, and that of a busy machine; the lock alone would have held it for good.
  expect(duration).toBeGreaterThanOrEqual(49);
  expect(duration).toBeLessThan(5_000);
  await expect.poll(() => rows(id)).toMatchObject([{ exposedAt: null }]);
  const [row] = await rows(id);
  expect(await code(true)).toBe(`sticky-${row?.variant}`);
});
