import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Health } from "../types/health";
import type { StartCheck } from "../utils/checklist";
import { PERMISSIONS, type Permission } from "../utils/permissions";
import { NO_FILTER } from "./ExperimentActivity";
import { ExperimentPage } from "./ExperimentPage";
import { ExperimentPermissions } from "./ExperimentPermissions";
import { type PlanningPort, PlanningPortProvider } from "./planning/planning-port";
import { anExperiment, paths } from "./testing/experiments";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const measured: StartCheck = { id: "metric", state: "ok", name: "Upgrade", withoutMetric: null };

function show(
  experiment: Parameters<typeof ExperimentPage>[0]["experiment"],
  {
    check = measured,
    permissions = PERMISSIONS,
  }: { check?: StartCheck; permissions?: readonly Permission[] } = {},
) {
  const port: PlanningPort = {
    checkItem: async () => [],
    startChecklist: async () => ({
      checks: [check],
      choices: [],
      items: [],
      precedent: null,
    }),
    forecast: async () => ({
      perWeek: null,
      items: [],
      precedent: null,
      matching: null,
      metric: null,
      baseline: null,
      reach: [],
      minimumEffect: null,
      plan: null,
      frozen: { subjects: 4_000, source: "default", weeks: null, effect: null },
      assumable: { perWeek: true, baseline: true, effect: true },
      missing: "arrivals",
      windowDays: 14,
    }),
  };
  renderInEnglish(
    <ExperimentPermissions permissions={permissions}>
      <PlanningPortProvider port={port}>
        <ExperimentPage
          experiment={experiment}
          stats={{ status: "loading" }}
          results={{ state: { status: "loading" }, actions: {} as never }}
          tab="results"
          onTabChange={vi.fn()}
          paths={paths}
          onCommand={vi.fn()}
          isPending={false}
          feed={{
            state: { status: "loading" },
            isPaused: false,
            onPause: () => undefined,
            everySeconds: 5,
            personPath: () => "",
          }}
          activity={{
            filter: NO_FILTER,
            onFilterChange: vi.fn(),
            onLoadMore: vi.fn(),
            onExport: vi.fn(),
            isExporting: false,
            state: { status: "loading" },
          }}
        />
      </PlanningPortProvider>
    </ExperimentPermissions>,
  );
}

test.each([
  ["draft", "Checks"],
  ["running", "Results"],
] as const)("the first tab of one that is %s is called %s", (status, name) => {
  show(anExperiment({ status }));
  expect(screen.getAllByRole("tab")[0]?.textContent).toBe(name);
});

test("the head says that an experiment is overdue, in the word of the list", () => {
  const health: Health = {
    asOf: "2026-11-20T10:00:00.000Z",
    verdict: "better",
    daysToGo: null,
    unitsToGo: null,
    problems: ["past_end"],
    lastExposedOn: null,
    harmed: [],
    broken: [],
  };
  show(anExperiment({ status: "running", health }));
  const title = screen.getByRole("heading", { level: 1 }).textContent;
  expect(title).toMatch(/RunningOverdue$/);
});

test("a draft shows what its start would find and how long it would take, and one button", async () => {
  show(anExperiment({ status: "draft", assignments: 0 }));
  expect(await screen.findByText("Primary metric: Upgrade")).toBeTruthy();
  expect(await screen.findByText(/^No traffic data for this unit/)).toBeTruthy();
  expect(screen.getAllByRole("button", { name: "Start experiment…" })).toHaveLength(1);
});

test("a draft without a primary metric leads whoever may edit to where one is chosen", async () => {
  const check: StartCheck = { id: "metric", state: "blocks", name: null, withoutMetric: null };
  const draft = anExperiment({ status: "draft", assignments: 0 });
  show(draft, { check });
  expect((await screen.findByRole("link", { name: /^No primary metric/ })).getAttribute("href")).toBe(
    "/experiments/upgrade-button-test/edit#form-measure",
  );
  cleanup();
  show(draft, { check, permissions: ["view"] });
  await screen.findByText(/^No primary metric/);
  expect(screen.queryByRole("link", { name: /^No primary metric/ })).toBeNull();
});

test.each([
  ["that no code has asked", { lastAsk: null, assignments: 0 }, "No code has requested upgrade-button-test"],
  [
    "since when no code has asked",
    { lastAsk: { at: new Date("2026-11-02T10:00:00Z"), build: "1a2b3c" }, assignments: 900 },
    "No code has requested upgrade-button-test since 2 Nov 2026",
  ],
])("a running experiment says %s", (_, change, title) => {
  show(anExperiment(change));
  expect(screen.getByText(title)).toBeTruthy();
});

test.each([
  { status: "running", lastAsk: { at: new Date(), build: "1a2b3c" }, assignments: 0 },
  { status: "running", lastAsk: null, assignments: 3 },
  { status: "paused", lastAsk: null, assignments: 0 },
] as const)("nothing is said of code for $status, $assignments, $lastAsk", (change) => {
  show(anExperiment(change));
  expect(screen.queryByText(/No code has requested/)).toBeNull();
});

test("a draft with people in it shows their counts as well", async () => {
  show(anExperiment({ status: "draft", assignments: 3 }));
  expect(await screen.findByText("Primary metric: Upgrade")).toBeTruthy();
  expect(screen.getByRole("status", { name: "Loading counts" })).toBeTruthy();
});

describe("one that has ended", () => {
  const ended = { status: "concluded", winnerVariant: "urgent", assignments: 9 } as const;
  const later = new Date(Date.now() + 3_600_000);

  test("leads to its report, and names the code that can go and who still asks", () => {
    show(
      anExperiment({ ...ended, lastAsk: { at: new Date("2026-11-02T10:00:00Z"), build: "1a2b3c" } }, ended),
    );
    const link = screen.getByRole("link", { name: "Open the report" });
    expect(link.getAttribute("href")).toBe("/experiments/-/report/upgrade-button-test");
    expect(screen.getByText(/remove the code for every variant except urgent\./).textContent).toContain(
      'useExperiment("upgrade-button-test")',
    );
    expect(screen.getByText("npm run experiments -- stale").tagName).toBe("CODE");
    screen.getByText(/^Last requested by code on 2 Nov 2026/);
  });

  test.each([
    [later, true],
    [new Date(Date.now() - 1), false],
    [null, false],
  ])("offers to withdraw its winner until %s: %s", (takeBackUntil, isOffered) => {
    show(anExperiment({ ...ended, takeBackUntil }, ended));
    expect(screen.queryByText(/can withdraw the winner/) !== null).toBe(isOffered);
  });

  test("says of a withdrawn winner what is served since", () => {
    const takenBack = { variant: "urgent", at: "2026-11-03T10:00:00.000Z" };
    show(anExperiment({ ...ended, winnerVariant: null }, { takenBack }));
    expect(screen.getByText("Concluded: urgent was withdrawn as the winner")).toBeTruthy();
    expect(
      screen.getByText(/Everyone has been seeing the original experience since 3 Nov 2026/),
    ).toBeTruthy();
  });
});

describe("what ended says how, why and what was learnt, and leads to its report, in every state", () => {
  const seen = (variant: string) => `Concluded: everyone sees ${variant}`;
  const takenBack = { variant: "urgent", at: "2026-11-03T10:00:00.000Z" };
  const states = {
    "with a winner": { winnerVariant: "urgent" },
    "without a winner": { winnerVariant: null },
    "with a winner that was withdrawn": { winnerVariant: null, takenBack },
  };
  const titles: Record<keyof typeof states, { off: string; flag: string; plain: string }> = {
    "with a winner": {
      off: "Concluded: urgent was chosen",
      flag: seen("urgent"),
      plain: seen("urgent"),
    },
    "without a winner": {
      off: "Concluded without a winner",
      flag: "Concluded without a winner: the flag applies again",
      plain: "Concluded without a winner: everyone sees the original experience",
    },
    "with a winner that was withdrawn": {
      off: "Concluded: urgent was withdrawn as the winner",
      flag: "Concluded: urgent was withdrawn as the winner",
      plain: "Concluded: urgent was withdrawn as the winner",
    },
  };
  const kinds = [
    ["plain", { isConverted: false, isTurnedOff: false }],
    ["flag", { isConverted: true, isTurnedOff: false }],
    ["off", { isConverted: true, isTurnedOff: true }],
  ] as const;
  const cases = (Object.keys(states) as (keyof typeof states)[]).flatMap((end) =>
    (["concluded", "archived"] as const).flatMap((status) =>
      kinds.map(([kind, flags]) => ({ end, status, kind, flags })),
    ),
  );

  test.each(cases)("$status $end, $kind", ({ end, status, kind, flags }) => {
    const { winnerVariant, ...settings } = { takenBack: null, ...states[end] };
    const why = {
      endedAt: "2026-11-02T10:00:00.000Z",
      conclusionReason: "won",
      learning: "Urgency sells.",
    } as const;
    show(anExperiment({ status, winnerVariant, ...flags, assignments: 9 }, { ...settings, ...why }));
    expect(screen.getByText(titles[end][kind])).toBeTruthy();
    expect(screen.getByText(/Concluded 2 Nov 2026\. Reason: A variant did better\./)).toBeTruthy();
    expect(screen.getByText("Urgency sells.", { exact: false })).toBeTruthy();
    expect(screen.getByRole("link", { name: "Open the report" })).toBeTruthy();
    expect(screen.queryByText("Turned off: everyone sees control") !== null).toBe(kind === "off");
    if (kind === "off") {
      expect(screen.queryByText(/everyone sees urgent|flag applies|has been (seeing|back)/)).toBeNull();
      expect(screen.queryByText(/remove the code/)).toBeNull();
    }
  });

  test.each([
    ["Archived before the start: everyone sees the original experience", kinds[0][1]],
    ["Archived before the start: the flag applies", kinds[1][1]],
    ["Archived before the start", kinds[2][1]],
  ])("a draft that was archived is not said to be concluded: %s", (title, flags) => {
    show(anExperiment({ status: "archived", ...flags, assignments: 0 }, { startedAt: null }));
    expect(screen.getByText(title)).toBeTruthy();
    expect(screen.queryByText(/^Concluded/)).toBeNull();
  });
});
