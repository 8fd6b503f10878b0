// A browser that several people use, in an application that mounts the module.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
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

test.each(["cal_vid", "__Host-cal_vid"])(
  "whoever signs in with somebody else’s browser gets a visitor of their own, as %s",
  async (name) => {
    const { admin } = mounted.module();
    const staff = { userId: await aPerson(true) };
    const { slug, version } = await admin.editing.create(
      staff,
      anInput({ unit: "visitor", slug: `shared-${randomUUID()}` }),
    );
    const start = { slug, version, action: "start", withoutMetric: "A test." } as const;
    await admin.lifecycle.updateStatus(staff, start);
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
    const counted = await own.query(
      `SELECT "exposedAt", (SELECT count(*)::int FROM experiments."ExperimentConversion") AS conversions
     FROM experiments."ExperimentVariant" WHERE "experimentSlug" = $1`,
      [slug],
    );
    expect(counted.rows).toEqual([{ exposedAt: null, conversions: 0 }]);

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
