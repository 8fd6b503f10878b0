// While the database hangs, whatever decides or answers does so within the budget of a decision: procedures, routes,
// pages and flags. A report is refused, to be sent again.

import { readdirSync } from "node:fs";
import path from "node:path";
import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { signVisitorId, VISITOR_COOKIE } from "@calcom/features/experiments";
import { loadExperiments, startExperiments, stopExperimentJobs } from "@calcom/features/experiments/server";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { env } from "@calcom/lib/env";
import { closeDatabase, database } from "@calcom/prisma";
import { appRouter } from "@calcom/trpc/server";
import { NextRequest } from "next/server";
import type { ReactElement } from "react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { codeFor } from "@/modules/experiments/decide-static-page";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { getExperiment } from "@/modules/experiments/get-experiment";
import { staticPage } from "@/modules/experiments/static-page";
import { trackConversion } from "@/modules/experiments/track-conversion";

const { connectionString } = await testDatabase();
const proxy = await createTcpProxy(connectionString);
// Read now, and kept: what is stubbed ends with the first test.
vi.stubEnv("DATABASE_URL", proxy.connectionString);
vi.stubEnv("DECISION_BUDGET_MS", "100");
env();

const identity = anIdentity({ visitorId: crypto.randomUUID() });
vi.mock("@/lib/identity", () => ({
  getIdentity: async () => identity,
  identityFromRequest: async () => identity,
}));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: () => undefined, has: () => false, set() {}, delete() {} }),
  headers: async () => new Headers({ host: "localhost:3000" }),
}));
vi.mock("next/server", async (original) => ({ ...(await original<object>()), after() {} }));

let fixture: Fixture;
let slug: string;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  identity.userId = await createUser(fixture.database);
  ({ slug } = await aRunningExperiment(fixture, { unit: "visitor", clientEvents: ["clicked"] }));
  await startExperiments();
  await loadExperiments();
});
afterAll(async () => {
  proxy.restore();
  await stopExperimentJobs();
  await closeDatabase();
  await Promise.all([proxy.close(), fixture.close()]);
});

type Door = () => Promise<unknown>;
/** What is answered within the budget, and what is refused once the database is known to be silent. */
type Kind = { answers: Door; with: unknown } | { refuses: Door } | "asks for no decision";

const caller = () => appRouter.createCaller({ identity: identity as never }).viewer;
const procedures: Record<string, Kind> = {
  "experiments.getVariant": {
    answers: async () => (await caller().experiments.getVariant({ slug }))?.reason,
    with: "unavailable",
  },
  "experiments.getVariants": {
    answers: async () => (await caller().experiments.getVariants({ requests: [{ slug }] }))[0]?.reason,
    with: "unavailable",
  },
  "experiments.listActiveExperiments": {
    answers: async () => (await caller().experiments.listActiveExperiments())[0]?.slug,
    with: expect.any(String),
  },
  "experiments.trackExposure": { refuses: () => caller().experiments.trackExposure({ slug }) },
  "experiments.trackConversion": {
    refuses: () => caller().experiments.trackConversion({ slug, event: "clicked", key: "1" }),
  },
  "flags.map": { answers: () => caller().flags.map({}), with: "SERVICE_UNAVAILABLE" },
};

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36";
const headers = { host: "localhost:3000", "sec-fetch-site": "same-origin" };
async function ask(route: string, method: "GET" | "POST", body?: unknown): Promise<unknown> {
  const handlers: Record<string, (request: Request) => Promise<Response>> = await import(
    `./api/${route}/route`
  );
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await handlers[method]?.(new NextRequest(`http://localhost:3000/api/${route}`, init));
  return response?.status;
}
const routes: Record<string, Kind> = {
  "auth/[...nextauth]": "asks for no decision",
  health: "asks for no decision",
  ready: "asks for no decision",
  "relay/e": "asks for no decision",
  // Its procedures are above.
  "trpc/[trpc]": "asks for no decision",
  "experiments/jobs": "asks for no decision",
  "experiments/consent": "asks for no decision",
  "experiments/preview": "asks for no decision",
  "experiments/preview/enter": "asks for no decision",
  "experiments/conversions": {
    refuses: () =>
      ask("experiments/conversions", "POST", { conversions: [{ slug, event: "clicked", key: "1" }] }),
  },
  "experiments/exposures": {
    refuses: () => ask("experiments/exposures", "POST", { exposures: [{ slug }] }),
  },
  "experiments/reader": { answers: () => ask("experiments/reader", "GET"), with: 200 },
  "experiments/visitor": { answers: () => ask("experiments/visitor", "POST"), with: 503 },
};

const code: Record<string, Kind> = {
  "a page that is rendered": {
    async answers() {
      const render = ExperimentProvider as (
        props: object,
      ) => Promise<ReactElement<{ answers: { reason: string }[] }>>;
      return (await render({ slugs: [slug], children: null })).props.answers[0]?.reason;
    },
    with: "unavailable",
  },
  "a page that is prerendered": {
    async answers() {
      const cookie = await signVisitorId(identity.visitorId as string, env().VISITOR_COOKIE_SECRET);
      const headers = { cookie: `${VISITOR_COOKIE}=${cookie}`, "user-agent": CHROME };
      const page = staticPage("/landing", { [slug]: ["control", "urgent"] } as never);
      return codeFor(page, new NextRequest("http://localhost:3000/", { headers }), { isVisit: true });
    },
    with: "unavailable",
  },
  "server code": { answers: async () => (await getExperiment(slug as never)).reason, with: "unavailable" },
  "server code that names somebody": {
    answers: async () =>
      (await getExperiment(slug as never, { subject: { visitorId: identity.visitorId as string } })).reason,
    with: "unavailable",
  },
  "a conversion that server code reports": { refuses: () => trackConversion("sold") },
};

const listRoutes = () =>
  readdirSync(path.join(import.meta.dirname, "api"), { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .map((file) => file.replace(/\/route\.tsx?$/, ""));
const listProcedures = () =>
  Object.keys(appRouter._def.procedures)
    .filter((name) => !name.startsWith("viewer.admin."))
    .map((name) => name.replace(/^viewer\./, ""));

test("every procedure and every route is here", () => {
  expect(Object.keys(procedures).sort()).toEqual(listProcedures().sort());
  expect(Object.keys(routes).sort()).toEqual(listRoutes().sort());
});

test("whatever decides or answers does so before the database is given up, and reports are refused", async () => {
  const all = Object.entries({ ...procedures, ...routes, ...code });
  const settle = async (door: Door) => door().catch((error: { code?: unknown }) => error.code ?? error);
  // Their code is loaded.
  for (const [, kind] of all) if (typeof kind === "object" && "answers" in kind) await settle(kind.answers);
  identity.visitorId = crypto.randomUUID();

  proxy.hang();
  let isGivenUp = false;
  const statement = database()
    .pool.query("SELECT 1")
    .catch(() => {
      isGivenUp = true;
    });
  const refusals: [name: string, answer: Promise<unknown>][] = [];
  const answers = all.map(async ([name, kind]): Promise<[string, unknown]> => {
    if (typeof kind === "string") return [name, null];
    if ("refuses" in kind) {
      refusals.push([name, settle(kind.refuses)]);
      return [name, null];
    }
    const answer = await settle(kind.answers);
    return [name, isGivenUp ? `too late: ${answer}` : answer];
  });
  expect(Object.fromEntries(await Promise.all(answers))).toEqual(
    Object.fromEntries(
      all.map(([name, kind]) => [name, typeof kind === "object" && "answers" in kind ? kind.with : null]),
    ),
  );
  await statement;
  for (const [name, answer] of refusals)
    expect([name, await answer]).toEqual([
      name,
      expect.toBeOneOf([503, "unavailable", "SERVICE_UNAVAILABLE"]),
    ]);
});
