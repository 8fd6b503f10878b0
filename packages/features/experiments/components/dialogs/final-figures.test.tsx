import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { EndPreview, StoredResult } from "../../results/types";
import { CONCLUSION_REASONS } from "../../types/conclusion";
import { aMeasuredResult } from "../analytics/testing/results";
import { ready, show } from "../analytics/testing/show";
import { anEffect } from "../analytics/testing/verdicts";
import { ExperimentCommandDialog, type RunCommand } from "../ExperimentCommandDialog";
import { aSummary, paths } from "../testing/experiments";
import { renderInEnglish } from "../testing/in-english";
import { saying } from "../testing/saying";
import { EndPortProvider } from "./end-port";

afterEach(cleanup);

const AS_OF = "2026-11-20T10:00:00.000Z";
const ended: StoredResult = {
  ...aMeasuredResult(),
  status: "concluded",
  endedAt: AS_OF,
  look: AS_OF,
  asOf: AS_OF,
  population: { subjects: 6_000, open: 1_894 },
};
const preview: EndPreview = {
  slug: ended.slug,
  asOf: AS_OF,
  population: { subjects: 6_000, open: 1_894 },
  endedShort: null,
  reasons: [...CONCLUSION_REASONS],
  result: ended,
  changes: [
    {
      metric: "upgrade",
      variant: "urgent",
      before: { subjects: 4_106, lift: 0.501, interval: null },
      after: { subjects: 6_000, lift: 0.453, interval: null },
    },
  ],
};
const withheld: EndPreview = {
  ...preview,
  result: null,
  reasons: ["invalid", "stopped_early"],
  changes: [],
  endedShort: { units: 2_000, plannedUnits: 20_000, days: 3, plannedDays: 14 },
};

function ask(previewEnd: (slug: string) => Promise<EndPreview>) {
  const onRun = vi.fn<RunCommand>(async () => null);
  const experiment = aSummary();
  renderInEnglish(
    <EndPortProvider port={{ previewEnd }}>
      <ExperimentCommandDialog
        paths={paths}
        request={{ experiment, command: "conclude" }}
        onClose={vi.fn()}
        onRun={onRun}
        verdict={<p>what the page says</p>}
      />
    </EndPortProvider>,
  );
  return { onRun, experiment };
}

const dialogText = () => screen.getByRole("dialog").textContent ?? "";

describe("before a winner is chosen", () => {
  test("the final figures are counted, and shown with whom they are about and what open windows change", async () => {
    const { onRun, experiment } = ask(async () => preview);
    expect(screen.getByRole("status", { name: "Computing the final results" })).toBeTruthy();
    await waitFor(() =>
      expect(dialogText()).toContain("6,000 users exposed by the end, 1,894 with an open conversion window."),
    );
    expect(dialogText()).toContain(
      "urgent, Upgrade: +50.1% (4,106 users with a closed window), +45.3% at the end (6,000 users).",
    );
    expect(screen.queryByText("what the page says")).toBeNull();
    for (const choice of screen.getAllByRole("radio"))
      expect(choice.getAttribute("aria-checked")).toBe("false");
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    fireEvent.click(screen.getByRole("button", { name: "Conclude experiment" }));
    await waitFor(() =>
      expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
        command: "conclude",
        winnerVariant: "urgent",
        reason: "won",
        learning: "",
        seenEnd: preview,
      }),
    );
  });

  test("of twelve variants the final figures are a table of every one, with value and lift", async () => {
    const names = Array.from({ length: 11 }, (_, place) => `variant-with-a-rather-long-name-${place + 1}`);
    const [metric] = ended.analysis?.metrics ?? [];
    const [compared] = metric?.comparisons ?? [];
    const [arm] = metric?.arms ?? [];
    if (ended.analysis === null || !metric || compared?.status !== "compared" || !arm)
      throw new Error("The fixture compares.");
    const metrics = [
      {
        ...metric,
        arms: ["control", ...names].map((variant) => ({ ...arm, variant })),
        comparisons: names.map((variant) => ({ ...compared, variant })),
      },
    ];
    const result = { ...ended, variants: ["control", ...names], analysis: { ...ended.analysis, metrics } };
    ask(async () => ({ ...preview, result }));
    const rows = within(await screen.findByRole("table"))
      .getAllByRole("row")
      .slice(1);
    expect(rows).toHaveLength(12);
    for (const [place, row] of rows.entries()) {
      expect(row.textContent).toContain(place === 0 ? "control" : names[place - 1]);
      expect(row.textContent).toMatch(/\d+\.\d% ?[\d,]+ of [\d,]+/);
      if (place > 0) expect(row.textContent).toContain("+43.0%+19.2% to +72.8%");
    }
    expect(screen.queryByText(saying(/^With variant-with/))).toBeNull();
  });

  test.each([
    ["what the page says instead", preview.changes, "+45.3% at the end"],
    ["what is counted", [], "Later conversions are ignored."],
    ["what the verdict means", [], "These numbers don’t support a"],
  ])("is folded %s, so that the choice stands below the figures", async (_, changes, text) => {
    ask(async () => ({ ...preview, changes }));
    const details = (await screen.findByText("Details")).closest("details");
    expect(details?.open).toBe(false);
    expect(details?.textContent).toContain(text);
    expect(details?.textContent).not.toContain("exposed by the end");
  });

  test.each([
    ["open windows", preview.population, "because open conversion windows count too."],
    ["newer data", { subjects: 6_000, open: 0 }, "because newer data counts too."],
  ])("that they differ from the page because of %s stands there unfolded", async (_, population, why) => {
    ask(async () => ({ ...preview, population, result: { ...ended, population } }));
    const line = await screen.findByText(`These figures differ from the results page ${why}`);
    expect(line.closest("details")).toBeNull();
  });

  test("that they differ is not said where they do not", async () => {
    const same = preview.changes.map(({ after, ...change }) => ({ ...change, before: after, after }));
    ask(async () => ({ ...preview, changes: same }));
    await screen.findByText("Details");
    expect(dialogText()).not.toContain("differ from the results page");
  });

  test("what the primary metric did is one sentence, with its interval and its chance", async () => {
    ask(async () => preview);
    await screen.findByText(
      saying(
        "With urgent, the lift in Upgrade is +43.0% (95% interval: +19.2% to +72.8%, 99.9% chance of beating control).",
      ),
    );
    expect(dialogText()).not.toContain("entered so far");
  });

  test("a reason that the figures contradict is noted beside it, and can be given all the same", async () => {
    const { analysis } = ended;
    const effects = [anEffect()];
    const better = analysis && { ...analysis, verdict: { code: "better" as const, effects } };
    const { onRun } = ask(async () => ({ ...preview, result: { ...ended, analysis: better } }));
    await screen.findByText(saying(/^With urgent, the lift/));
    const note = () =>
      screen.queryByText(saying(/^The verdict says something else: “urgent is better: Upgrade is /));
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    expect(note()).toBeNull();
    fireEvent.click(screen.getByRole("radio", { name: "No meaningful difference" }));
    expect(note()?.textContent).toContain("explain it under “What we learned”");
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    fireEvent.click(screen.getByRole("button", { name: "Conclude experiment" }));
    await waitFor(() => expect(onRun).toHaveBeenCalledOnce());
  });

  test("a guardrail that is harmed or open is named with them", async () => {
    const { analysis } = ended;
    if (analysis === null) throw new Error("It compares.");
    const guardrails = [{ metric: "bookings", variant: "urgent", status: "unclear" as const }];
    ask(async () => ({ ...preview, result: { ...ended, analysis: { ...analysis, guardrails } } }));
    await waitFor(() => expect(dialogText()).toContain("Guardrail bookings inconclusive"));
  });

  test("while they are withheld, no reason is offered that rests on a comparison", async () => {
    ask(async () => withheld);
    await screen.findByText(/They appear once the experiment has ended\./);
    const offered = screen.getByRole("radiogroup", { name: /^Reason/ });
    expect(
      within(offered)
        .getAllByRole("radio")
        .map((one) => one.closest("label")?.textContent),
    ).toEqual(["The data is invalid", "Concluded for another reason"]);
  });

  test("a reason that was chosen before it was known that it cannot be is asked for again", async () => {
    let answer: (preview: EndPreview) => void = () => {};
    let isAsked = false;
    const { onRun } = ask(
      () =>
        new Promise((resolve) => {
          isAsked = true;
          answer = resolve;
        }),
    );
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    await waitFor(() => expect(isAsked).toBe(true));
    answer(withheld);
    await screen.findByText(/They appear once the experiment has ended\./);
    fireEvent.click(screen.getByRole("button", { name: "Conclude experiment" }));
    expect(screen.getByText("Choose why you are concluding it.")).toBeTruthy();
    expect(onRun).not.toHaveBeenCalled();
  });

  test("while they are withheld, it is said who would be read and what falls short, and no figure", async () => {
    ask(async () => withheld);
    await waitFor(() =>
      expect(dialogText()).toContain(
        "The experiment would end after 2,000 of 20,000 planned users and 3 of 14 planned days. The interval would account for the early end",
      ),
    );
    expect(dialogText()).toContain("what the page says");
    expect(dialogText()).toContain("They appear once the experiment has ended.");
    expect(dialogText()).not.toMatch(/[+−]\d+\.\d%/);
  });

  test("a count that fails says why, and keeps nobody from concluding", async () => {
    const { onRun } = ask(async () => {
      throw new Error("Counting is taking too long right now. Try again later.");
    });
    await waitFor(() =>
      expect(dialogText()).toContain("Counting is taking too long right now. Try again later."),
    );
    expect(dialogText()).toContain("what the page says");
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    fireEvent.click(screen.getByRole("button", { name: "Conclude experiment" }));
    await waitFor(() => expect(onRun).toHaveBeenCalledOnce());
  });
});

describe("after the conclusion", () => {
  const receipt = {
    createdAt: new Date(AS_OF),
    concludedAt: AS_OF,
    hash: "0".repeat(64),
    look: AS_OF,
    plan: { subjects: 20_000, days: 14 },
    population: ended.population ?? null,
    endedShort: withheld.endedShort,
  };

  test("page and receipt name the same population as the dialog", () => {
    const { container } = show(ready(ended, { receipt }));
    const label = "6,000 users exposed by the end, 1,894 with an open conversion window";
    expect(screen.getByRole("region", { name: "Verdict" }).textContent).toContain(label);
    expect(screen.getByRole("region", { name: "Result snapshot" }).textContent).toContain(label);
    expect(container.textContent).not.toContain("More data arrived");
  });

  test("what came after the preview is named, with both figures", () => {
    const seen = { ...preview, asOf: "2026-11-20T09:58:00.000Z", result: aMeasuredResultWith(0.41) };
    const { container } = show(ready(ended, { receipt }), { seenEnd: seen });
    expect(container.textContent).toContain(
      "urgent, Upgrade: +41.0% at that time (4,385 users), +43.0% at the end (4,385 users).",
    );
  });

  test("a test that ended short of its plan says so, at its verdict, its grounds and its receipt", () => {
    const short: StoredResult = {
      ...ended,
      settings: { mode: "fixed", plannedSubjects: 20_000, minimumRuntimeDays: 14 },
      plannedSubjects: 20_000,
      analysis: ended.analysis && {
        ...ended.analysis,
        endedShort: { units: 2_000, plannedUnits: 20_000, days: 14, plannedDays: 14 },
      },
    };
    show(ready(short, { receipt }));
    const verdict = screen.getByRole("region", { name: "Verdict" }).textContent ?? "";
    expect(verdict).toContain(
      "Ended after 2,000 of 20,000 planned users. The interval accounts for the early end.",
    );
    expect(verdict).toContain("The experiment ended earlier, after 2,000 of 20,000 planned users");
    expect(verdict).not.toMatch(/Final: read once|Fixed horizon: read once/);
    expect(screen.getByRole("region", { name: "Result snapshot" }).textContent).toContain(
      "Ended after 2,000 of 20,000 planned users and 3 of 14 planned days",
    );
  });
});

function aMeasuredResultWith(lift: number): StoredResult {
  const result = aMeasuredResult();
  const [metric] = result.analysis?.metrics ?? [];
  const [comparison] = metric?.comparisons ?? [];
  if (result.analysis === null || metric === undefined || comparison?.status !== "compared")
    throw new Error("It compares.");
  const changed = { ...comparison, lift: { ...comparison.lift, value: lift } };
  return { ...result, analysis: { ...result.analysis, metrics: [{ ...metric, comparisons: [changed] }] } };
}
