// While a comparison is withheld, no route tells conversions by variant, nor figures from which they follow.
import { readdirSync } from "node:fs";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { countsOf, createFixture, type Fixture } from "@calcom/features/experiments/testing/database";
import { leaksIn } from "@calcom/features/experiments/testing/leaks";
import { aWithheldExperiment, WITHHELD_CASES } from "@calcom/features/experiments/testing/withheld";
import superjson from "superjson";
import { beforeAll, expect, test, vi } from "vitest";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  return () => fixture.close();
});

vi.mock("@/lib/identity", () => ({
  identityFromRequest: async () => ({
    userId: fixture.admin.userId,
    visitorId: null,
    isBot: false,
    hasConsent: true,
    address: "192.0.2.1",
  }),
}));
vi.mock("@/lib/session", () => ({ getSessionToWrite: async () => ({ userId: fixture.admin.userId }) }));
vi.mock("next/headers", () => ({
  cookies: async () => ({
    get: () => undefined,
    has: () => false,
    set: () => undefined,
    delete: () => undefined,
  }),
  headers: async () => new Headers(),
}));

const ORIGIN = "http://localhost:3000";
const headers = {
  host: "localhost:3000",
  "sec-fetch-site": "same-origin",
  "content-type": "application/json",
};
const get = (path: string) => new Request(`${ORIGIN}${path}`, { headers });
const post = (path: string, body: unknown) =>
  new Request(`${ORIGIN}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
const trpc = (slug: string) => `input=${encodeURIComponent(JSON.stringify(superjson.serialize({ slug })))}`;

/** What each route is asked. A route that is not listed fails the test: list a new one with what it answers. */
const asked: Record<string, ((slug: string) => Request[]) | "does not know of experiments"> = {
  "auth/[...nextauth]": "does not know of experiments",
  health: "does not know of experiments",
  ready: "does not know of experiments",
  // Names what was counted, and no figure.
  "experiments/jobs": () => [post("/api/experiments/jobs", {}), get("/api/experiments/jobs")],
  // The procedures have a test of their own; here it is the wire.
  "trpc/[trpc]": (slug) =>
    ["stats", "get", "results.get", "results.previewEnd"].map((name) =>
      get(`/api/trpc/viewer.admin.experiments.${name}?${trpc(slug)}`),
    ),
  "relay/e": () => [post("/api/relay/e", { event: "clicked" })],
  "experiments/consent": () => [post("/api/experiments/consent", { choice: "granted" })],
  "experiments/conversions": (slug) => [
    post("/api/experiments/conversions", { conversions: [{ slug, event: "clicked", key: "1" }] }),
  ],
  "experiments/exposures": (slug) => [post("/api/experiments/exposures", { exposures: [{ slug }] })],
  "experiments/preview": (slug) => [
    get(`/api/experiments/preview?slug=${slug}`),
    post("/api/experiments/preview", { slug, variant: "urgent" }),
  ],
  "experiments/preview/enter": (slug) => [
    get(`/api/experiments/preview/enter?to=/?experiment.${slug}=urgent`),
  ],
  "experiments/reader": () => [get("/api/experiments/reader")],
  "experiments/visitor": () => [post("/api/experiments/visitor", {})],
};

const routes = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)route\.tsx?$/.test(file))
  .map((file) => file.replace(/\/route\.tsx?$/, ""));

test("every route is asked", () => {
  expect(Object.keys(asked).sort()).toEqual(routes.sort());
});

test.each(WITHHELD_CASES)(
  "of an experiment that is %s and %s, no route tells conversions by variant",
  async (reason, state) => {
    const { slug, secrets } = await aWithheldExperiment(fixture, reason, state);
    for (const [route, requests] of Object.entries(asked)) {
      if (typeof requests === "string") continue;
      const handlers: Record<string, (request: Request) => Promise<Response>> = await import(
        `./${route}/route`
      );
      for (const request of requests(slug)) {
        const response = await handlers[request.method]?.(request);
        const body = await response?.text();
        expect(response?.status, route).toBeLessThan(500);
        expect(leaksIn({ body, headers: [...(response?.headers ?? [])] }, secrets), route).toEqual([]);
        if (route === "trpc/[trpc]") expect(response?.status, body).toBe(200);
      }
    }
    expect(leaksIn(JSON.stringify(await countsOf(fixture, slug)), secrets)).not.toEqual([]);
  },
);
