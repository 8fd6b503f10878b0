import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { aCatalogue, anExperiment } from "../testing/catalogue";
import { scan } from "./scan";
import { isClean, staleReportOf, wordsOf } from "./stale";

const files: Record<string, string> = {
  "web/Button.tsx": `import { trackExperimentConversion, useExperiment as useTest } from "@calcom/features/experiments/hooks";
import { Experiment } from "@/modules/experiments/Experiment";
const SLUGS = ["in-a-list", "in-a-list-too"] as const;
export function Button({ slug, isNew }: { slug: string; isNew: boolean }) {
  const { variant } = useTest("aliased", { skip: false });
  useTest(slug);
  useTest(isNew ? "either" : "or");
  trackExperimentConversion("a-conversion", variant, null, { conversionEvent: "not-a-slug" });
  return <Experiment slug="an-element" variants={{ control: "not-a-slug-either" }} />;
}
export const list = SLUGS;`,
  "web/page.tsx": `import * as hooks from "@calcom/features/experiments/hooks";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { SHARED } from "./slugs";
import { SHARED as OTHER } from "./more/slugs";
const slugs = [SHARED, ...["spread"]];
export default function Page() {
  hooks.useVisitorExperiment("by-namespace");
  return <ExperimentProvider slugs={slugs}><ExperimentProvider slugs={["named", OTHER]} /></ExperimentProvider>;
}`,
  "web/slugs.ts": 'export const SHARED = "shared";',
  "web/more/slugs.ts": 'export const SHARED = "from-another-file" satisfies string;',
  "web/job.mts": `import { experiments } from "@calcom/features/experiments/server";
import { getExperiment } from "@/modules/experiments/get-experiment";
const slug = "shorthand";
export async function job(identity, subject) {
  await getExperiment("in-a-component");
  await experiments().decide(identity, [{ slug: "decided", teamId: 4 }]);
  await experiments().recordExposures(identity, [{ slug }]);
  await experiments().decideFor(subject, ["in-a-job"]);
  await identity.decideFor(subject, ["somebody-elses"]);
}`,
  "web/other.tsx": `import { useExperiment } from "@growthbook/react";
function useVisitorExperiment(slug: string) { return slug; }
// useExperiment("in-a-comment"): an experiment
export const own = [useExperiment("of-another-library"), useVisitorExperiment("of-its-own"), 'useExperiment("text")'];`,
  "web/experiments/pages.ts": `import { staticPage } from "./static-page";
export const pages = { "/": staticPage("/landing", { "on-a-static-page": ["control"], plain: ["control"] }) };`,
  "web/action.ts": `import { trackConversion } from "@calcom/features/experiments/server";
export const action = (tx) => trackConversion(tx, "an_event", { subject: { userId: 1 }, experiment: "for-one" });`,
  "web/twice.ts": `import { useExperiment } from "@calcom/features/experiments/hooks";
export function useA() { const slug = "a"; return useExperiment(slug); }
export function useB() { const slug = "b"; return useExperiment(slug); }`,
  "web/Button.test.tsx": `import { useExperiment } from "@calcom/features/experiments/hooks"; useExperiment("in-a-test");`,
  "web/types.d.ts": `import "@calcom/features/experiments"; useExperiment("in-a-declaration");`,
  "web/node_modules/lib/index.js": `import { useExperiment } from "experiments"; useExperiment("in-a-library");`,
  "web/.next/page.js": `import { useExperiment } from "experiments"; useExperiment("in-a-build");`,
  "web/broken.tsx": `import { useExperiment } from "@calcom/features/experiments/hooks"; useExperiment("in-a-broken-file"`,
};

const base = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-scan-"));
for (const [file, text] of Object.entries(files)) {
  fs.mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
  fs.writeFileSync(path.join(base, file), text);
}
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const slugsIn = (file: string) =>
  scan(base, [file], { hasTests: true }).uses.map(({ slug, line, call }) => `${line} ${call} ${slug}`);

describe("a scan finds", () => {
  test("hooks, conversions and elements, through an alias and either side of a choice", () => {
    expect(slugsIn("web/Button.tsx")).toEqual([
      "5 useExperiment aliased",
      "6 useExperiment null",
      "7 useExperiment either",
      "7 useExperiment or",
      "8 trackExperimentConversion a-conversion",
      "9 <Experiment> an-element",
    ]);
  });

  test("providers, through lists, spreads, namespaces and constants of other files", () => {
    expect(slugsIn("web/page.tsx")).toEqual([
      "7 useVisitorExperiment by-namespace",
      "8 <ExperimentProvider> shared",
      "8 <ExperimentProvider> spread",
      "8 <ExperimentProvider> named",
      "8 <ExperimentProvider> from-another-file",
    ]);
  });

  test("the server's calls, and those only", () => {
    expect(slugsIn("web/job.mts")).toEqual([
      "5 getExperiment in-a-component",
      "6 experiments().decide decided",
      "7 experiments().recordExposures shorthand",
      "8 experiments().decideFor in-a-job",
    ]);
  });

  test("static pages, and conversions that count for one experiment", () => {
    expect(slugsIn("web/experiments/pages.ts")).toEqual([
      "2 staticPage on-a-static-page",
      "2 staticPage plain",
    ]);
    expect(slugsIn("web/action.ts")).toEqual(["2 trackConversion for-one"]);
  });

  test("the place, counted from one", () => {
    expect(scan(base, ["web/Button.tsx"]).uses[0]).toEqual({
      file: path.join("web", "Button.tsx"),
      line: 5,
      column: 31,
      call: "useExperiment",
      slug: "aliased",
    });
  });

  test("what a file that does not parse still says", () => {
    expect(slugsIn("web/broken.tsx")).toEqual(["1 useExperiment in-a-broken-file"]);
  });

  test("nothing in another library's calls, in functions of the file itself, in comments and texts", () => {
    expect(slugsIn("web/other.tsx")).toEqual([]);
  });

  test("no slug where two constants of one name stand in one file: it says that it did not read it", () => {
    expect(slugsIn("web/twice.ts")).toEqual(["2 useExperiment null", "3 useExperiment null"]);
  });
});

test("declarations, libraries and builds are left out, and tests unless asked for", () => {
  const found = (hasTests: boolean) => scan(base, ["web"], { hasTests }).uses.map(({ slug }) => slug);
  expect(found(false).filter((slug) => /^in-a-(declaration|library|build|test)$/.test(slug ?? ""))).toEqual(
    [],
  );
  expect(found(true)).toContain("in-a-test");
});

test("a path twice, or within another one, is read once", () => {
  expect(scan(base, ["web", "web/job.mts", "web"])).toEqual(scan(base, ["web"]));
});

test("a path that is not there is named", () => {
  expect(() => scan(base, ["nowhere"])).toThrow("There is no nowhere to look into");
});

describe("the report", () => {
  const uses = scan(base, ["web/job.mts", "web/twice.ts"]);
  const known = aCatalogue(
    anExperiment({
      slug: "decided",
      status: "concluded",
      winner: "urgent",
      endedAt: "2026-11-20T10:00:00.000Z",
    }),
    anExperiment({ slug: "in-a-component", status: "archived" }),
    anExperiment({ slug: "in-a-job", status: "draft" }),
    anExperiment({ slug: "nowhere-in-code", status: "concluded" }),
  );

  test("has what is over with what everybody sees, and what no experiment is", () => {
    const report = staleReportOf(known, uses);
    expect(report.finished.map(({ slug, shown, uses }) => [slug, shown, uses.length])).toEqual([
      ["decided", "urgent", 1],
      ["in-a-component", "control", 1],
    ]);
    expect(report.unknown.map(({ slug }) => slug)).toEqual(["shorthand"]);
    expect(isClean(report)).toBe(false);
    expect(wordsOf(report).split("\n")).toEqual([
      "decided: concluded on 2026-11-20, everybody sees urgent",
      `  ${path.join("web", "job.mts")}:6:49  experiments().decide`,
      "",
      "in-a-component: archived, everybody sees control",
      `  ${path.join("web", "job.mts")}:5:23  getExperiment`,
      "",
      "shorthand: no experiment of the database has this slug",
      `  ${path.join("web", "job.mts")}:7:52  experiments().recordExposures`,
      "",
      "2 uses that cannot be read without running the code:",
      `  ${path.join("web", "twice.ts")}:2:65  useExperiment`,
      `  ${path.join("web", "twice.ts")}:3:65  useExperiment`,
      "",
      "2 finished experiments and 1 unknown slug in 2 files.",
    ]);
  });

  test("is clean where only what cannot be read is left; a damaged experiment is a known one", () => {
    const damaged = ["decided", "in-a-component", "in-a-job", "shorthand"].map((slug) => ({
      slug,
      damage: "…",
    }));
    const report = staleReportOf({ experiments: [], damaged }, uses);
    expect(isClean(report)).toBe(true);
    expect(wordsOf(report)).toContain("No finished experiment and no unknown slug in 2 files.");
  });
});
