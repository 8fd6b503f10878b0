// What each door makes of a failure behind it: an outage of the database is told from a fault of the code.

import { beforeEach, describe, expect, test, vi } from "vitest";
import { signPreviews } from "../lib/preview-cookie";
import { createResultsRefresher } from "../results/recount/results-refresher";
import { DatabaseUnavailable } from "../sql/database-unavailable";
import { anExperiment } from "../testing/builders";
import { createExperimentsService, type ExperimentsParts } from "./experiments.service";
import type { Identity } from "./identity";
import { LinkKeeper } from "./link-keeper";
import { PreviewService } from "./preview.service";
import { PreviewLinkService } from "./preview-link.service";
import { RowMemory } from "./row-memory";

const SECRET = "a-secret-of-the-tests";
const outage = new DatabaseUnavailable(new Error("connect ECONNREFUSED 127.0.0.1:5432"));
const faults = {
  "a mapping that reads what is not there": new TypeError("Cannot read properties of undefined"),
  "a statement that names no column": Object.assign(new Error('column "x" does not exist'), {
    code: "42703",
  }),
};
const log = { warn: vi.fn(), error: vi.fn() };
beforeEach(() => {
  log.warn.mockReset();
  log.error.mockReset();
});

const experiment = anExperiment({ unit: "team", targetingRules: { plans: ["teams"] } });
const { slug } = experiment;
const identity: Identity = {
  userId: 1,
  visitorId: null,
  isBot: false,
  hasConsent: true,
  address: null,
};
const row = {
  id: "a-row",
  slug,
  variant: "urgent",
  unit: "team" as const,
  unitId: "7",
  exposedAt: null,
  isProvisional: true,
  isImported: false,
  assignedAt: new Date(),
  ownerId: null,
  isSettled: true,
};

/** All that the doors ask, of which one thing fails. */
function createFailing(broken: string, failure: Error) {
  const fails = (name: string) => (name === broken ? Promise.reject(failure) : null);
  const facts = { plan: "teams" as const, teamIds: [7], organizationIds: [], attributes: {} };
  return createExperimentsService({
    asks: { note() {} },
    configs: {
      getMany: (slugs) => fails("configs") ?? Promise.resolve(slugs.map(() => experiment)),
      all: () => fails("configs") ?? Promise.resolve([experiment]),
      stamp: () => Promise.resolve("stamp"),
    },
    memberships: {
      find: () => fails("memberships") ?? Promise.resolve(new Set([7])),
    } as Partial<ExperimentsParts["memberships"]> as ExperimentsParts["memberships"],
    assignments: {
      find: (keys) => fails("lookup") ?? Promise.resolve(keys.map(() => (broken === "insert" ? [] : [row]))),
      insert: () => fails("insert") ?? Promise.resolve([]),
    },
    erasure: {
      forgetUser: () => fails("erasure") ?? Promise.resolve(),
    } as Partial<ExperimentsParts["erasure"]> as ExperimentsParts["erasure"],
    provisional: { confirm: () => fails("confirm") ?? Promise.resolve(new Set([row.id])) },
    facts: { load: () => fails("facts") ?? Promise.resolve({ user: null, teams: new Map([[7, facts]]) }) },
    flagRows: { find: (questions) => fails("flags") ?? Promise.resolve(questions.map(() => null)) },
    recordings: {
      expose: () => fails("expose") ?? Promise.resolve([row.id]),
      convert: () => fails("convert") ?? Promise.resolve([true]),
    },
    refused: { note: () => undefined },
    credits: {
      credit: () => fails("credit") ?? Promise.resolve(1),
      creditWithin: () => fails("credit within") ?? Promise.resolve({ recorded: 1 }),
    },
    memory: new RowMemory(),
    visitorLinks: {} as ExperimentsParts["visitorLinks"],
    limiter: { admits: () => true, takeEvents() {} },
    outbox: { kick() {} },
    budgetMs: 10_000,
    clock: Date.now,
    random: () => 0,
    log,
  });
}

type Doors = ReturnType<typeof createFailing>;
const requests = [{ slug, teamId: 7 }];
const decisions: [string, (doors: Doors) => Promise<unknown[]>, string[]][] = [
  [
    "decide",
    (doors) => doors.decide(identity, requests),
    ["configs", "memberships", "lookup", "facts", "confirm", "insert"],
  ],
  ["foresee", (doors) => doors.foresee(identity, requests), ["configs", "memberships", "lookup", "facts"]],
  [
    "decideFor",
    (doors) => doors.decideFor({ teamId: 7 }, [slug]),
    ["configs", "lookup", "facts", "confirm", "insert"],
  ],
];
const previewing = {
  ...identity,
  overrides: { other: { variant: "urgent", expiresAt: Date.now() + 60_000 } },
};
const reports: [string, (doors: Doors) => Promise<unknown>, string[]][] = [
  [
    "recordExposures",
    (doors) => doors.recordExposures(identity, requests),
    ["configs", "memberships", "lookup", "facts", "insert", "expose"],
  ],
  ["exposeFor", (doors) => doors.exposeFor({ teamId: 7 }, [slug]), ["configs", "lookup", "insert", "expose"]],
  [
    "recordConversions",
    (doors) => doors.recordConversions(identity, [{ slug, teamId: 7, event: "clicked", key: "1" }]),
    ["configs", "memberships", "lookup", "confirm", "convert"],
  ],
  [
    "trackConversion",
    (doors) => doors.trackConversion("sold", { subject: previewing, team: 7 }),
    ["configs", "memberships", "credit"],
  ],
];
const eachOf = <Call>(doors: [string, Call, string[]][]) =>
  doors.flatMap(([name, call, parts]) => parts.map((part) => [name, part, call] as const));

describe("an outage", () => {
  test.each(eachOf(decisions))(
    "behind %s (%s) is answered with control, and logged once",
    async (_, part, call) => {
      expect(await call(createFailing(part, outage))).toMatchObject([
        { variant: null, reason: "unavailable" },
      ]);
      expect(log.warn).toHaveBeenCalledExactlyOnceWith(
        expect.stringContaining("the database did not answer"),
        {
          cause: outage,
        },
      );
    },
  );

  test.each(eachOf(reports))("behind %s (%s) asks for the report again, with 503", async (_, part, call) => {
    await expect(call(createFailing(part, outage))).rejects.toMatchObject({
      code: "unavailable",
      kind: "unavailable",
    });
  });
});

describe.each(Object.entries(faults))("%s", (_fault, fault) => {
  test.each(eachOf([...decisions, ...reports]))(
    "behind %s (%s) is thrown as what it is, and no outage",
    async (_, part, call) => {
      await expect(call(createFailing(part, fault))).rejects.toBe(fault);
      expect(log.warn).not.toHaveBeenCalled();
    },
  );

  test("behind whether somebody may preview is thrown as what it is", async () => {
    const { previews, viewer } = await createPreviews(fault);
    await expect(previews.overrides(viewer)).rejects.toBe(fault);
    await expect(previews.mayPreview(viewer)).rejects.toBe(fault);
    expect(log.warn).not.toHaveBeenCalled();
  });

  test("behind the refreshing of results is logged as an error, each time", async () => {
    expect(await refreshTwice(fault)).toEqual({ warnings: 0, errors: 2 });
  });
});

test.each([["an outage", outage] as const, ...Object.entries(faults)])(
  "%s never harms the transaction of a caller, and is the reason in the log",
  async (_, failure) => {
    const tx = { query: vi.fn() };
    for (const part of ["configs", "credit within"]) {
      log.error.mockReset();
      const doors = createFailing(part, failure);
      const outcome = await doors.trackConversionWithin(tx, "sold", { subject: previewing, team: 7 });
      expect(outcome).toEqual({ recorded: 0 });
      expect(log.error).toHaveBeenCalledExactlyOnceWith(
        expect.stringContaining("A conversion was not recorded"),
        expect.objectContaining({ reason: failure }),
      );
    }
  },
);

test("an outage behind whether somebody may preview keeps what was granted, and grants nothing", async () => {
  const { previews, viewer } = await createPreviews(outage);
  expect(Object.keys(await previews.overrides(viewer))).toEqual([slug]);
  expect(await previews.mayPreview(viewer)).toBe(false);
  expect(log.warn).toHaveBeenCalledTimes(2);
});

test("an outage behind the refreshing of results is logged once", async () => {
  expect(await refreshTwice(outage)).toEqual({ warnings: 1, errors: 0 });
});

async function createPreviews(failure: Error) {
  const fail = () => Promise.reject(failure);
  const signing = { authorize: fail, secrets: () => [SECRET] as const, clock: Date.now };
  const stored = { add: fail, list: fail, remove: fail, find: fail, findByHash: fail };
  const events = { made: "preview_links_made", revoked: "preview_links_revoked" } as const;
  const keeper = new LinkKeeper({ ...signing, stored, maxDays: 1, events });
  const links = new PreviewLinkService({ ...signing, detail: fail, keeper });
  const configs = { get: async () => experiment };
  const preview = { slug, variant: "urgent", expiresAt: Date.now() + 60_000, grantedTo: 1, linkId: null };
  return {
    previews: new PreviewService({
      ...signing,
      configs,
      links,
      opened: { note: fail },
      log,
      isOpen: () => false,
    }),
    viewer: { userId: 1, cookie: await signPreviews([preview], SECRET) },
  };
}

async function refreshTwice(failure: Error) {
  const findDue = vi.fn(() => Promise.reject(failure));
  const refresher = createResultsRefresher({ findDue, recount: async () => {} }, log);
  vi.useFakeTimers();
  try {
    refresher.start();
    await vi.advanceTimersByTimeAsync(60_000);
  } finally {
    vi.useRealTimers();
    await refresher.close();
  }
  expect(findDue).toHaveBeenCalledTimes(2);
  return { warnings: log.warn.mock.calls.length, errors: log.error.mock.calls.length };
}
