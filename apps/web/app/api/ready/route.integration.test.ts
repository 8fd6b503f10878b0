import { testDatabase } from "@calcom/embedded-postgres/testing";
import { closeExperiments } from "@calcom/features/experiments/server";
import { database } from "@calcom/prisma";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { serving } from "@/lib/serving/state";
import { GET as getHealth } from "../health/route";
import { GET } from "./route";

await testDatabase();

afterEach(() => {
  serving.isLeaving = false;
});
afterAll(() => closeExperiments());

async function ready() {
  const response = await GET();
  expect(response.headers.get("cache-control")).toBe("no-store");
  return { status: response.status, body: await response.json() };
}
const missing = (part: string) => ({ status: 503, body: { status: "not_ready", missing: part } });

test("a server with its database, its migrations and its configurations is ready", async () => {
  vi.stubEnv("EXPECTED_MIGRATIONS", "20261123000000_init");
  expect(await ready()).toEqual({ status: 200, body: { status: "ready" } });
});

test("one whose database lacks a migration of its code is not, and one that is behind its database is", async () => {
  vi.stubEnv("EXPECTED_MIGRATIONS", "20261123000000_init,29990101000000_future");
  expect(await ready()).toEqual(missing("migrations"));
  vi.stubEnv("EXPECTED_MIGRATIONS", "20261123000000_init");
  await database().pool.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '-', '29990101000000_future', now())`,
  );
  expect((await ready()).status).toBe(200);
});

test("one that was told to end is not", async () => {
  serving.isLeaving = true;
  expect(await ready()).toEqual(missing("running"));
  expect(getHealth().status).toBe(200);
});

test("one whose database does not answer is not, is told so within its limit, and is alive all the same", async () => {
  vi.spyOn(database().pool, "query").mockImplementation((() => new Promise(() => {})) as never);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const both = Promise.all([ready(), ready()]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await both).toEqual([missing("database"), missing("database")]);
  vi.useRealTimers();
  expect(getHealth().status).toBe(200);
  vi.restoreAllMocks();
  vi.stubEnv("EXPECTED_MIGRATIONS", "");
  expect((await ready()).status).toBe(200);
});

test("one whose database refuses says no more than that", async () => {
  vi.spyOn(database().pool, "query").mockRejectedValue(
    new Error("password authentication failed for user") as never,
  );
  expect(await ready()).toEqual(missing("database"));
});
