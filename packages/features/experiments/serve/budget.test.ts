// Every door has a time, past which nobody waits for a database that hangs.

import { isDatabaseAway } from "@calcom/lib/sql";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { anExperiment } from "../testing/builders";
import {
  createExperimentsService,
  type ExperimentsParts,
  type ExperimentsService,
} from "./experiments.service";
import type { Identity } from "./identity";
import { RowMemory } from "./row-memory";

const BUDGET_MS = 100;
const REPORT_MS = 4_000;
const experiment = anExperiment({ unit: "visitor", clientEvents: ["clicked"] });
const { slug } = experiment;
const former = { ...experiment, slug: "former", flag: { answers: true, isOnForAll: false } };
const visitorId = "3f0c1d52-9d0a-4d5e-8f6b-0c2f4b1f7a11";
const identity: Identity = { userId: 1, visitorId, isBot: false, hasConsent: true, address: null };
const subject = { userId: 1 };

/** Whatever is asked of it does not answer. */
const hung = new Proxy({}, { get: () => () => new Promise<never>(() => {}) }) as never;

function createHung(areConfigsLoaded: boolean): ExperimentsService {
  const configs: ExperimentsParts["configs"] = {
    getMany: async (slugs) => slugs.map((asked) => (asked === slug ? experiment : former)),
    all: async () => [experiment],
    stamp: async () => "stamp",
  };
  return createExperimentsService({
    asks: { note() {} },
    configs: areConfigsLoaded ? configs : hung,
    memberships: hung,
    assignments: hung,
    erasure: hung,
    provisional: hung,
    facts: hung,
    flagRows: hung,
    recordings: hung,
    refused: { note() {} },
    credits: hung,
    memory: new RowMemory(),
    visitorLinks: hung,
    limiter: { admits: () => true, takeEvents() {} },
    outbox: { kick() {} },
    budgetMs: BUDGET_MS,
    clock: Date.now,
    random: () => 0,
    log: { warn() {}, error() {} },
  });
}

type Doors = {
  [Door in keyof ExperimentsService]: [
    ask: (service: ExperimentsService) => Promise<unknown>,
    /** How long it waits at most; null where it keeps to the times of its statements. */
    waitsMs: number | null,
    /** What it says then, if configurations are in memory; `unavailable` by default. */
    saysMeanwhile?: unknown,
  ];
};
const reasonsOf = (answers: ({ reason: string } | null)[]) => answers.map((answer) => answer?.reason).join();
const doors: Doors = {
  decide: [async (service) => reasonsOf(await service.decide(identity, [{ slug }])), BUDGET_MS],
  foresee: [async (service) => reasonsOf(await service.foresee(identity, [{ slug }])), BUDGET_MS],
  decideFor: [async (service) => reasonsOf(await service.decideFor({ visitorId }, [slug])), BUDGET_MS],
  answerFlags: [(service) => service.answerFlags(subject, null, () => new Promise(() => {})), BUDGET_MS],
  isOthersVisitor: [(service) => service.isOthersVisitor(1, visitorId), BUDGET_MS],
  listActive: [async (service) => (await service.listActive()).length, BUDGET_MS, 1],
  stamp: [(service) => service.stamp(), BUDGET_MS, "stamp"],
  recordExposures: [(service) => service.recordExposures(identity, [{ slug }]), REPORT_MS],
  exposeFor: [(service) => service.exposeFor({ visitorId }, [slug]), REPORT_MS],
  recordConversions: [
    (service) => service.recordConversions(identity, [{ slug, event: "clicked", key: "1" }]),
    REPORT_MS,
  ],
  trackConversion: [(service) => service.trackConversion("sold", { subject }), REPORT_MS],
  trackConversionWithin: [
    (service) => service.trackConversionWithin({ query: hung } as never, "sold", { subject }),
    null,
  ],
  linkVisitor: [(service) => service.linkVisitor(1, visitorId), REPORT_MS],
  forgetSubject: [(service) => service.forgetSubject(subject), null],
  forgetVisitor: [(service) => service.forgetVisitor(visitorId), null],
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("every door is here", () => {
  expect(Object.keys(doors).sort()).toEqual(Object.keys(createHung(true)).sort());
});

describe.each([
  ["nothing is in memory", false],
  ["configurations are in memory", true],
])("while the database hangs and %s", (_what, areConfigsLoaded) => {
  test.each(Object.entries(doors))("%s waits for its time at most", async (_name, [ask, waitsMs, says]) => {
    let answered: unknown = null;
    ask(createHung(areConfigsLoaded)).then(
      (answer) => {
        answered = answer;
      },
      (error: { code?: unknown }) => {
        answered = isDatabaseAway(error) ? error.code : error;
      },
    );
    // And the turns of the event loop after which a timer believes that nothing has arrived.
    await vi.advanceTimersByTimeAsync((waitsMs ?? 60_000) + 5);
    const expected = areConfigsLoaded ? (says ?? "unavailable") : "unavailable";
    expect(answered).toEqual(waitsMs === null ? null : expected);
  });
});

test("plain flags and former ones have one time together", async () => {
  let answered: unknown = null;
  const plain = () =>
    new Promise<Record<string, boolean>>((resolve) =>
      setTimeout(() => resolve({ plain: true }), BUDGET_MS - 10),
    );
  createHung(true)
    .answerFlags(subject, [former.slug], plain)
    .catch(({ code }) => {
      answered = code;
    });
  await vi.advanceTimersByTimeAsync(BUDGET_MS - 1);
  expect(answered).toBeNull();
  await vi.advanceTimersByTimeAsync(6);
  expect(answered).toBe("unavailable");
});
