import type { Compared, WithheldReason } from "@calcom/statistics";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { writeCsv } from "../../results/export-csv";
import { between } from "./charts/testing/results";
import { aCompared, aMeasuredResult } from "./testing/results";
import { ready, show, verdictText } from "./testing/show";

afterEach(cleanup);

const NEVER: [WithheldReason, string][] = [
  [
    { code: "too_few_failures", failures: 0, needed: 10 },
    "Everyone converts, so there is nothing to compare.",
  ],
  [
    { code: "too_few_failures", failures: 4, needed: 10 },
    "Almost everyone converts, so the test isn’t reliable: 4 of the 10 non-conversions needed.",
  ],
  [{ code: "zero_denominator", variant: "urgent" }, "The denominator is 0 for everyone in urgent."],
  [{ code: "denominator_near_zero", variant: "urgent" }, "The denominator of urgent is too close to 0"],
  [
    { code: "no_variation_within", variant: "urgent" },
    "All values of urgent are equal, and so are those of control",
  ],
  [{ code: "no_variation_left" }, "Pre-exposure data explains every value"],
];

describe("the tables", () => {
  test("give a lift that nothing limits no upper end, nor does the export", () => {
    const lift = { value: 9.53, interval: between(1.918, null), reason: null };
    const result = aMeasuredResult(aCompared({ lift }));
    show(ready(result));
    const section = screen.getByRole("region", { name: "Upgrade" });
    expect(section.textContent).toMatch(/Lift \+953\.0% betterat least \+191\.8%/);
    expect(writeCsv(result)).toMatch(/,9\.53,1\.918,,0\.073,/);
  });

  test.each([
    [0.95, "95% confidence interval", false],
    [0.975, "97.5% confidence interval", true],
  ])("say how sure their intervals are, and why that is more than 95%%: %s", (level, head, isRaised) => {
    const interval = { low: 0.03, high: 0.115, level };
    show(ready(aMeasuredResult(aCompared({ interval }))));
    const table = within(screen.getByRole("region", { name: "Upgrade" })).getAllByRole("table")[0];
    const label = within(table ?? document.body).getByText(head);
    fireEvent.focus(label);
    expect(screen.queryAllByText(/several comparisons are corrected together/).length > 0).toBe(isRaised);
  });

  test("name the level of each variant where they differ, and none in the head", async () => {
    const result = aMeasuredResult();
    const [metric] = result.analysis?.metrics ?? [];
    if (metric === undefined || result.analysis === null) throw new Error("The fixture measures.");
    const at = (variant: string, level: number) =>
      aCompared({ variant, interval: { low: 0.03, high: 0.115, level } });
    const metrics = [{ ...metric, comparisons: [at("urgent", 0.975), at("calm", 0.95)] }];
    show(ready({ ...result, analysis: { ...result.analysis, metrics } }));
    const section = screen.getByRole("region", { name: "Upgrade" });
    fireEvent.click(within(section).getByText("Confidence interval"));
    expect((await screen.findByRole("tooltip")).textContent).toContain("Levels: urgent 97.5%, calm 95%.");
  });

  test.each(NEVER)(
    "say why nothing is compared, as the verdict and the export do: $0.code",
    (reason, words) => {
      const measured = aMeasuredResult();
      const [metric] = measured.analysis?.metrics ?? [];
      if (metric === undefined || measured.analysis === null) throw new Error("The fixture measures.");
      const metrics = [
        { ...metric, comparisons: [{ status: "withheld" as const, variant: "urgent", reason }] },
      ];
      const verdict = { code: "no_answer" as const, reason };
      const result = { ...measured, analysis: { ...measured.analysis, metrics, verdict } };
      show(ready(result));
      expect(screen.getByRole("region", { name: "Upgrade" }).textContent).toContain(words);
      expect(verdictText()).toContain(words);
      expect(writeCsv(result)).toContain(`,${reason.code},`);
    },
  );

  test("have control first, its value with interval, and lifts in figures and drawn", () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [, control, urgent] = within(section).getAllByRole("row");
    expect(control?.textContent).toMatch(/^control.*2,204.*371.*Rate 16\.8%15\.3% to 18\.5%/);
    expect(urgent?.textContent).toMatch(
      /^urgentParticipants 2,181.*525.*Rate 24\.1%22\.3% to 25\.9%Lift \+43\.0% better\+19\.2% to \+72\.8%/,
    );
    expect(urgent?.querySelector("[data-slot=lift-point]")).toBeTruthy();
  });

  test("are lines on a phone, each figure with its name on the left, itself on the right, and no other beside it", () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [, , urgent] = within(section).getAllByRole("row");
    const lines = [...(urgent?.querySelectorAll("td") ?? [])].filter(({ className }) =>
      className.includes("max-lg:justify-between"),
    );
    expect(lines.map(({ firstElementChild }) => firstElementChild?.textContent)).toEqual([
      "Participants",
      "Conversions",
      "Rate",
      "Lift",
    ]);
    for (const { className, lastElementChild } of lines) {
      expect(className).toContain("max-sm:col-span-2");
      expect(lastElementChild?.className).toContain("max-lg:text-end");
    }
  });

  test("say what the verdict says: one page has one opinion", () => {
    const unclear = aCompared({ outcome: "unclear", isSignificant: false });
    const result = aMeasuredResult(unclear);
    const verdict = {
      code: "no_difference_that_matters",
      low: -0.02,
      high: 0.03,
      minimumEffect: 0.05,
    } as const;
    show(ready({ ...result, analysis: result.analysis && { ...result.analysis, verdict } }));
    const section = screen.getByRole("region", { name: "Upgrade" });
    expect(section.textContent).toContain("+43.0% within the minimum effect");
    expect(section.textContent).not.toContain("inconclusive so far");
  });

  test("explain their columns to whoever focuses or taps them", async () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [lift] = within(section).getAllByRole("button", { name: "Lift" });
    if (lift === undefined) throw new Error("The head of the column is a button.");
    fireEvent.click(lift);
    expect((await screen.findByRole("tooltip")).textContent).toContain("with the 95% confidence interval");
    fireEvent.blur(lift);
    await waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
    fireEvent.focus(lift);
    expect((await screen.findByRole("tooltip")).textContent).toContain("with the 95% confidence interval");
  });

  test("write money as money, per subject, and say that epochs are weighted", () => {
    const result = aMeasuredResult();
    const [metric] = result.analysis?.metrics ?? [];
    if (metric === undefined || result.analysis === null) throw new Error("The fixture measures.");
    const revenue = {
      ...metric,
      metric: { ...metric.metric, id: "revenue", role: "secondary" as const, kind: "mean" as const },
      arms: metric.arms.map((arm) => ({ ...arm, conversions: null, value: 10.94, interval: null })),
    };
    const metrics = result.metrics.map((info) =>
      info.key === "revenue"
        ? { ...info, currency: "USD", epochs: [1, 2].map((epoch) => ({ epoch, weights: {}, arms: {} })) }
        : info,
    );
    show(ready({ ...result, metrics, analysis: { ...result.analysis, metrics: [metric, revenue] } }));
    const section = screen.getByRole("region", { name: "Monthly revenue" });
    expect(section.textContent).toContain("$10.94");
    expect(within(section).getByRole("columnheader", { name: "Mean per user" })).toBeTruthy();
    expect(within(section).getByRole("button", { name: "weighted over 2 phases" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Upgrade" }).textContent).not.toContain("weighted");
  });

  test("say that control is not known well enough for a percentage, not that it is near to zero", () => {
    const { lift } = aCompared();
    show(
      ready(
        aMeasuredResult(
          aCompared({
            lift: { ...lift, value: null, interval: null, reason: { code: "baseline_near_zero" } },
          }),
        ),
      ),
    );
    const { textContent } = screen.getByRole("region", { name: "Upgrade" });
    expect(textContent).toContain("known precisely enough for a percentage yet");
    expect(textContent).not.toContain("zero");
  });

  test("say why there is no lift, and give the difference in percentage points", () => {
    const { lift } = aCompared();
    const baseless: Compared = aCompared({
      lift: { ...lift, value: null, interval: null, reason: { code: "no_baseline" } },
      difference: 0.021,
      interval: { low: 0.004, high: 0.038, level: 0.95 },
    });
    show(ready(aMeasuredResult(baseless)));
    const [, , row] = within(screen.getByRole("region", { name: "Upgrade" })).getAllByRole("row");
    expect(row?.textContent).toContain("+2.1 pp (+0.4 pp to +3.8 pp)");
    expect(row?.textContent).toContain("Control is zero, so there is no relative change.");
  });

  test("name each chance before it where a phone shows no head", () => {
    show(ready(aMeasuredResult(aCompared())));
    const table = screen.getByText("p-values and probabilities").closest("details")?.querySelector("table");
    const heads = [...(table?.querySelectorAll("th") ?? [])].slice(1).map(({ textContent }) => textContent);
    const cells = [...(table?.querySelectorAll("tbody td") ?? [])].slice(1);
    expect(cells.map((cell) => cell.firstElementChild?.textContent)).toEqual(heads);
    for (const { className } of cells) expect(className).toContain("max-sm:flex");
  });

  test("call nothing certain, and no loss by more digits than it has", () => {
    const { chance } = aCompared();
    const sure = chance && { ...chance, toBeatControl: 0.99999999, lossOfVariant: 2.6e-12 };
    show(ready(aMeasuredResult(aCompared({ chance: sure }))));
    const [details] = screen
      .getAllByText("p-values and probabilities")
      .map((summary) => summary.closest("details"));
    expect(details?.querySelector("tbody")?.textContent).toBe(
      "urgentp0.012Adjusted p0.012Probability of beating control> 99.9%Expected loss< 0.01%",
    );
  });

  test("say why there is no chance yet, and why there is none, never by a dash alone", () => {
    const { chance } = aCompared();
    const detailsOf = (changes: Partial<Compared>) => {
      cleanup();
      show(ready(aMeasuredResult(aCompared(changes))));
      return screen.getByText("p-values and probabilities").closest("details");
    };
    const unclear = detailsOf({
      chance: chance && { ...chance, toBeatControl: null, toLoseToControl: null },
    });
    expect(unclear?.querySelector("tbody")?.textContent).toBe(
      "urgentp0.012Adjusted p0.012Probability of beating controlnot yetExpected loss0.01%",
    );
    expect(unclear?.textContent).toContain("would look more certain than the p");
    const none = detailsOf({ chance: null });
    expect(none?.querySelector("tbody")?.textContent).toBe(
      "urgentp0.012Adjusted p0.012Probability of beating controlnot knownExpected lossnot known",
    );
    expect(none?.textContent).not.toContain("would look more certain than the p");
  });

  test("say why an interval is wider than the variant's own values would make it", () => {
    const widenedIn = (factor: number | null) => {
      cleanup();
      show(ready(aMeasuredResult(aCompared({ widened: { variant: "urgent", factor } }))));
      return [
        screen.getByRole("region", { name: "Upgrade" }).textContent,
        screen.getByRole("region", { name: "Verdict" }).textContent,
      ];
    };
    const [cell, grounds] = widenedIn(1.84);
    expect(cell).toContain("wider: too little variation");
    expect(grounds).toContain("The values of urgent vary too little on their own");
    expect(grounds).toContain("1.8 times as wide");
    expect(widenedIn(null)[1]).toContain("All values of urgent are the same");
    expect(widenedIn(1.05).join()).not.toContain("variation");
  });

  test("leave guardrails to the verdict, which has their number and names those that do not hold", () => {
    const result = aMeasuredResult();
    const guardrails = [
      { metric: "upgrade", variant: "urgent", status: "fine" as const },
      { metric: "revenue", variant: "urgent", status: "unclear" as const },
    ];
    show(ready({ ...result, analysis: result.analysis && { ...result.analysis, guardrails } }));
    expect(verdictText()).toContain("No meaningful harm to 1 of 2 guardrails · Monthly revenue inconclusive");
  });

  test("add up from who was assigned to who is compared, name who was left out in the same order, and metrics that are no more", () => {
    const result = aMeasuredResult();
    const { container } = show(
      ready({
        ...result,
        exposed: { control: 2_204, urgent: 2_181 },
        leftOut: { imported: 25, mixed: 1, notExposed: 140, immature: 0, afterPlannedEnd: 0, erased: 0 },
        unknownMetrics: ["old-metric"],
      }),
    );
    expect(
      screen.getByText("4,550 assigned − 25 assigned by a flag − 140 not exposed = 4,385 compared"),
    ).toBeTruthy();
    const left = screen.getByRole("region", { name: "Excluded from the analysis" });
    expect(left.textContent).toMatch(
      /25 users.*a flag.*140 users.*haven’t seen a variant.*1 user saw two variants/,
    );
    expect(left.textContent).toMatch(/old-metric.*can’t be measured/);
    expect(container.textContent).not.toContain("conversion window still open");
  });
});
