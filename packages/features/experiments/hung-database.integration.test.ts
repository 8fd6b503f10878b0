// What an application has mounted, while the database hangs: connections stay open, and nothing gets through.

import { createTcpProxy, type TcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import type { ReactElement } from "react";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ExperimentProviderProps } from "./context/ExperimentProvider";
import { createExperiments, type Experiments } from "./create-experiments";
import { mintVisitorId } from "./lib/visitor-id";
import { anInput } from "./testing/database-fixtures";
import { installInForeignHost } from "./testing/foreign-host";

const given = vi.hoisted(() => ({ headers: new Headers() }));
vi.mock("next/headers", () => ({ headers: async () => given.headers }));
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => void work().catch(() => {}) }));

const { connectionString } = await testDatabase({ isEmpty: true });
const secret = "a-secret-of-the-tests-0123456789abcd";
const [staff, person] = [1, 2];
/** Less than the two seconds after which a statement is given up, and much more than any budget. */
const GIVEN_UP_MS = 1_900;

let proxy: TcpProxy;
let mounted: Experiments;
let slug: string;
let cookie: string;
beforeAll(async () => {
  const own = new pg.Pool({ connectionString });
  await installInForeignHost(own);
  await own.query(
    `INSERT INTO people (person_id, mail, is_staff)
     VALUES (${staff}, 'a@host.example', true), (${person}, 'b@host.example', false)`,
  );
  await own.end();
  proxy = await createTcpProxy(connectionString);
  mounted = createExperiments({
    database: { url: proxy.connectionString },
    secrets: [secret],
    userOf: (headers) => Number(headers.get("x-test-user")) || null,
  });
  const { admin } = mounted.module();
  const input = anInput({ unit: "visitor", slug: "hung", clientEvents: ["clicked"] });
  const created = await admin.editing.create({ userId: staff }, input);
  ({ slug } = created);
  const start = { slug, version: created.version, action: "start", withoutMetric: "A test." } as const;
  await admin.lifecycle.updateStatus({ userId: staff }, start);
  cookie = `cal_vid=${(await mintVisitorId(secret)).cookie}`;
  await mounted.start();
});
afterAll(async () => {
  proxy.restore();
  await mounted.close();
  await proxy.close();
});

/** What is in the log, by its level and its message. */
let lines: string[];
beforeEach(() => {
  lines = [];
  vi.stubEnv("LOG_LEVEL", "info");
  for (const stream of ["log", "error"] as const)
    vi.spyOn(console, stream).mockImplementation((line: string) => {
      const { level, message } = JSON.parse(line) as Record<string, string>;
      lines.push(`${level}: ${message}`);
    });
});

async function post(path: string, body: unknown, userId = person): Promise<Response> {
  return mounted.handler.POST(
    new Request(`https://host.example/api/experiments/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: {
        "sec-fetch-site": "same-origin",
        "content-type": "application/json",
        "x-test-user": String(userId),
        cookie,
      },
    }),
  );
}

const get = (path: string) =>
  mounted.handler.GET(
    new Request(`https://host.example/api/experiments/${path}`, {
      headers: { "sec-fetch-site": "same-origin" },
    }),
  );

interface Answers {
  answers: { reason: string }[];
}

async function render(): Promise<string | undefined> {
  given.headers = new Headers({ host: "host.example", "x-test-user": String(person), cookie });
  const Provider = mounted.ExperimentProvider as (props: ExperimentProviderProps) => Promise<ReactElement>;
  const { props } = await Provider({ slugs: [slug] as ExperimentProviderProps["slugs"], children: null });
  return (props as Answers).answers[0]?.reason;
}

const statusOf = async (answer: Promise<Response>) => (await answer).status;
/** What each door answers while the database hangs. */
const doors: Record<string, [ask: () => Promise<unknown>, answered: unknown]> = {
  "the hooks": [
    async () =>
      ((await (await post("answers", { requests: [{ slug }] })).json()) as Answers).answers[0]?.reason,
    "unavailable",
  ],
  "whether something has changed": [() => statusOf(get("stamp")), 200],
  "an exposure": [() => statusOf(post("exposures", { exposures: [{ slug }] })), 503],
  "a conversion": [
    () => statusOf(post("conversions", { conversions: [{ slug, event: "clicked", key: "1" }] })),
    503,
  ],
  "a conversion of the server": [
    () => mounted.trackConversion("sold", { subject: { userId: person } }).catch(({ code }) => code),
    "unavailable",
  ],
  "a visitor of one’s own": [() => statusOf(post("visitor", {})), 503],
  "a list of the administration": [() => statusOf(post("admin/list", {}, staff)), 503],
  "a page of the administration": [() => statusOf(post("admin/get", { slug }, staff)), 503],
  "counts of the administration": [() => statusOf(post("admin/stats", { slug }, staff)), 503],
  "a change of the administration": [
    () => statusOf(post("admin/duplicate", { slug, newSlug: "copy", name: "A copy" }, staff)),
    503,
  ],
  health: [() => statusOf(get("health")), 503],
};

async function askAll(): Promise<Record<string, unknown>> {
  const answers = Object.entries(doors).map(async ([name, [ask]]) => [name, await ask()]);
  return Object.fromEntries(await Promise.all(answers));
}

const SILENT = "error: The database does not answer: nothing waits for it until it does.";

test("every door answers before the database is given up, with one line in the log, and as before once it is back", async () => {
  // The first request of a node compiles what it runs, which may take longer than a decision may on a busy machine.
  await expect.poll(render, { timeout: 20_000 }).toMatch(/^(allocated|sticky)$/);
  lines = [];
  let isGivenUp = false;
  const yardstick = new pg.Client({
    connectionString: proxy.connectionString,
    query_timeout: GIVEN_UP_MS,
  });
  yardstick.on("error", () => {});
  await yardstick.connect();

  proxy.hang();
  const waiting = yardstick.query("SELECT 1").catch(() => {
    isGivenUp = true;
  });
  const expected = Object.fromEntries(Object.entries(doors).map(([name, [, answer]]) => [name, answer]));
  // More than there are connections.
  const crowd = await Promise.all([render(), ...Array.from({ length: 4 }, askAll)]);
  expect(crowd).toEqual(["unavailable", ...Array(4).fill(expected)]);
  expect([await render(), await askAll()]).toEqual(["unavailable", expected]);
  expect(isGivenUp).toBe(false);
  expect(lines).toEqual([SILENT]);

  proxy.restore();
  await expect.poll(render, { timeout: 20_000 }).toBe("sticky");
  expect(await statusOf(post("admin/list", {}, staff))).toBe(200);
  expect(await statusOf(post("exposures", { exposures: [{ slug }] }))).toBe(204);
  expect(lines.slice(1, 2)).toEqual(["info: The database answers again."]);
  expect(lines.filter((line) => !line.startsWith("info"))).toEqual([SILENT]);
  await waiting;
  await yardstick.end().catch(() => {});
});
