// A browser that several people use, in an application that mounts the module.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import pg from "pg";
import type { ReactElement } from "react";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ExperimentProviderProps } from "../context/ExperimentProvider";
import { createExperiments } from "../create-experiments";
import { mintVisitorId } from "../lib/visitor-id";
import { anInput } from "../testing/database-fixtures";
import { installInForeignHost } from "../testing/foreign-host";

const given = vi.hoisted(() => ({ headers: new Headers(), later: [] as Promise<void>[] }));
vi.mock("next/headers", () => ({ headers: async () => given.headers }));
vi.mock("next/server", () => ({ after: (work: () => Promise<void>) => given.later.push(work()) }));

const { connectionString } = await testDatabase({ isEmpty: true });
const own = new pg.Pool({ connectionString });
const secret = "a-secret-of-the-tests-0123456789abcd";
const mounted = createExperiments({
  database: { url: connectionString },
  secrets: [secret],
  decisionBudgetMs: 10_000,
  userOf: (headers) => Number(headers.get("x-test-user")) || null,
});
beforeAll(() => installInForeignHost(own));
afterAll(async () => {
  await mounted.close();
  await own.end();
});

const aPerson = async (isStaff = false): Promise<number> => {
  const { rows } = await own.query(
    "INSERT INTO people (mail, is_staff) VALUES ($1, $2) RETURNING person_id",
    [`${randomUUID()}@host.example`, isStaff],
  );
  return rows[0].person_id;
};

interface Shown {
  isOthersVisitor: boolean;
  answers: { variant: string | null; reason: string }[];
}

/** Opens a page, and waits for what comes after its answer. */
async function open(slug: string, userId: number, cookie: string): Promise<Shown> {
  given.headers = new Headers({ host: "host.example", "x-test-user": String(userId), cookie });
  const render = mounted.ExperimentProvider as (props: ExperimentProviderProps) => Promise<ReactElement>;
  const element = await render({ slugs: [slug as ExperimentProviderProps["slugs"][number]], children: null });
  await Promise.all(given.later.splice(0));
  return element.props as Shown;
}

function post(path: string, userId: number, cookie: string, body: unknown = {}): Promise<Response> {
  return mounted.handler.POST(
    new Request(`https://host.example/api/experiments/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "sec-fetch-site": "same-origin", "x-test-user": String(userId), cookie },
    }),
  );
}

async function aRunning(): Promise<string> {
  const { admin } = mounted.module();
  const staff = { userId: await aPerson(true) };
  const input = anInput({ unit: "visitor", slug: `shared-${randomUUID()}` });
  const { slug, version } = await admin.editing.create(staff, input);
  const start = { slug, version, action: "start", withoutMetric: "A test." } as const;
  await admin.lifecycle.updateStatus(staff, start);
  return slug;
}

async function readCounted(slug: string) {
  const { rows } = await own.query(
    `SELECT "exposedAt", (SELECT count(*)::int FROM experiments."ExperimentConversion"
       WHERE "assignmentId" = assignment."id") AS conversions
     FROM experiments."ExperimentVariant" AS assignment WHERE "experimentSlug" = $1`,
    [slug],
  );
  return rows;
}

test.each(["cal_vid", "__Host-cal_vid"])(
  "whoever signs in with somebody else’s browser gets a visitor of their own, as %s",
  async (name) => {
    const slug = await aRunning();
    const [first, second] = [await aPerson(), await aPerson()];
    const cookie = `theme=dark; ${name}=${(await mintVisitorId(secret)).cookie}`;

    const theirs = await open(slug, first, cookie);
    expect(theirs).toMatchObject({ isOthersVisitor: false, answers: [{ reason: "allocated" }] });
    expect((await post("visitor", first, cookie)).headers.get("set-cookie")).toBeNull();

    // Neither the page nor a report takes the second person for the first.
    const others = await open(slug, second, cookie);
    expect(others).toMatchObject({ isOthersVisitor: true, answers: [{ variant: null, reason: "no_unit" }] });
    const reports = { exposures: [{ slug }], conversions: [{ slug, event: "clicked", key: "a" }] };
    await post("exposures", second, cookie, { exposures: reports.exposures });
    await post("conversions", second, cookie, { conversions: reports.conversions });
    expect(await readCounted(slug)).toEqual([{ exposedAt: null, conversions: 0 }]);

    // The page asks for a visitor, and so does a hook that no provider knows.
    for (const [path, body] of [
      ["visitor", {}],
      ["answers", { requests: [{ slug }] }],
    ] as const) {
      const set = (await post(path, second, cookie, body)).headers.get("set-cookie") ?? "";
      expect(set).toMatch(new RegExp(`^${name}=[^;]+; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax`));
      expect(set.endsWith("; Secure")).toBe(name.startsWith("__"));
      const renewed = await open(slug, second, set.split(";")[0] ?? "");
      expect(renewed).toMatchObject({ isOthersVisitor: false });
      expect(renewed.answers[0]?.variant).not.toBeNull();
    }
    expect(await open(slug, first, cookie)).toMatchObject({
      answers: [{ variant: theirs.answers[0]?.variant }],
    });
  },
);

test("while nobody can tell whose browser it is, a page shows control, and reports are asked for again", async () => {
  vi.spyOn(logger, "warn").mockImplementation(() => {});
  const slug = await aRunning();
  const [first, second] = [await aPerson(), await aPerson()];
  const cookie = `cal_vid=${(await mintVisitorId(secret)).cookie}`;
  await open(slug, first, cookie);
  const holder = await own.connect();
  await holder.query(`BEGIN; LOCK TABLE experiments."VisitorLink" IN ACCESS EXCLUSIVE MODE`);
  const askAll = async () => {
    const answered = await Promise.all([
      post("answers", second, cookie, { requests: [{ slug }] }),
      post("visitor", second, cookie),
      post("exposures", second, cookie, { exposures: [{ slug }] }),
      post("conversions", second, cookie, { conversions: [{ slug, event: "clicked", key: "a" }] }),
    ]);
    return answered.map(({ status, headers }) => [status, headers.has("set-cookie")]);
  };
  try {
    const [page, answered] = await Promise.all([open(slug, second, cookie), askAll()]);
    expect(page).toMatchObject({ isOthersVisitor: false, answers: [{ reason: "unavailable" }] });
    const [notReplaced, sendAgain] = [
      [200, false],
      [503, false],
    ];
    expect(answered).toEqual([notReplaced, sendAgain, sendAgain, sendAgain]);
  } finally {
    await holder.query("ROLLBACK");
    holder.release();
  }
  expect(await readCounted(slug)).toEqual([{ exposedAt: null, conversions: 0 }]);
  expect(await open(slug, second, cookie)).toMatchObject({ isOthersVisitor: true });
  expect(await askAll()).toEqual([
    [200, true],
    [204, true],
    [204, false],
    [204, false],
  ]);
  expect(await readCounted(slug)).toEqual([{ exposedAt: null, conversions: 0 }]);
});
