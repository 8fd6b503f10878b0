import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { FormProvider, useForm, useFormContext } from "react-hook-form";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Forecast } from "../../types/planning";
import type { StartCheck } from "../../utils/checklist";
import { AnalysisSection } from "../form/AnalysisSection";
import { FormForecast, FormForecasts } from "../form/FormForecast";
import type { FormValues } from "../form/form-values";
import { emptyForm } from "../form/to-form-values";
import { renderIn, renderInEnglish } from "../testing/in-english";
import { type PlanningPort, PlanningPortProvider } from "./planning-port";
import { StartChecks } from "./StartChecks";
import { useStartChecklist } from "./useStartChecklist";

afterEach(cleanup);

const aPort = (port: Partial<PlanningPort>): PlanningPort => ({
  forecast: () => new Promise(() => {}),
  checkItem: async () => [],
  startChecklist: () => new Promise(() => {}),
  ...port,
});

function Checklist() {
  return <StartChecks unit="user" asked={useStartChecklist("upgrade-button-test", null)} />;
}

describe("the checklist of a start", () => {
  const show = (startChecklist: PlanningPort["startChecklist"]) =>
    renderInEnglish(
      <PlanningPortProvider port={aPort({ startChecklist })}>
        <Checklist />
      </PlanningPortProvider>,
    );

  test("asks nobody to open previews where an application has none", async () => {
    const checks: StartCheck[] = [
      { id: "split", state: "ok", variants: 2 },
      { id: "previews", state: "warning", unseen: ["control"] },
    ];
    const answer = { checks, items: [], choices: [], precedent: null };
    renderInEnglish(
      <PlanningPortProvider port={aPort({ hasPreviews: false, startChecklist: async () => answer })}>
        <Checklist />
      </PlanningPortProvider>,
    );
    await screen.findByText("2 variants, totaling 100%");
    expect(screen.queryByText(/preview/)).toBeNull();
  });

  test("says first what has to be fixed, then what to look at, and last what is well", async () => {
    const checks: StartCheck[] = [
      { id: "split", state: "ok", variants: 2 },
      { id: "audience", state: "warning", matching: 0, total: 10 },
      { id: "consent", state: "ok" },
      { id: "metric", state: "blocks", name: null, withoutMetric: null },
    ];
    show(async () => ({ checks, choices: [], items: [], precedent: null }));
    await screen.findByText(/^2 variants/);
    expect(screen.getAllByRole("listitem").map((item) => item.textContent?.split(" ", 2).join(" "))).toEqual([
      "No primary",
      "No one",
      "2 variants,",
      "Visitors who",
    ]);
    expect(screen.getAllByRole("heading").map(({ textContent }) => textContent)).toEqual([
      "1 problem to fix first",
      "1 warning",
      "Also checked",
    ]);
    expect(screen.queryByRole("link")).toBeNull();
  });

  test("leaves to the forecast beside it what that says, but for a warning", () => {
    const plan = { plannedSubjects: 4_000, source: "default", weeks: null } as never;
    const checks: StartCheck[] = [
      { id: "split", state: "ok", variants: 2 },
      { id: "plan", state: "info", plan },
      { id: "audience", state: "warning", matching: 0, total: 10 },
    ];
    const asked = { status: "done" as const, value: { checks, choices: [], items: [], precedent: null } };
    renderInEnglish(
      <PlanningPortProvider port={aPort({})}>
        <StartChecks unit="user" asked={asked} isForecastBeside />
      </PlanningPortProvider>,
    );
    expect(screen.getAllByRole("listitem")).toHaveLength(2);
    expect(screen.queryByText(/Target sample size/)).toBeNull();
  });

  test("stands under one heading with the number of warnings, without a colon after a colon", async () => {
    const checks: StartCheck[] = [
      { id: "audience", state: "warning", matching: 0, total: 10 },
      { id: "previews", state: "warning", unseen: ["control"] },
      { id: "code", state: "warning", lastAsk: null },
      { id: "unknown_metrics", state: "blocks", keys: ["gone"] },
      { id: "split", state: "ok", variants: 2 },
    ];
    const asked = { status: "done" as const, value: { checks, choices: [], items: [], precedent: null } };
    renderIn(
      "de",
      <PlanningPortProvider port={aPort({})}>
        <StartChecks unit="user" asked={asked} />
      </PlanningPortProvider>,
    );
    const warnings = screen.getByRole("list", { name: "3 Warnungen" });
    expect(within(warnings).getAllByRole("listitem")).toHaveLength(3);
    screen.getByRole("heading", { name: "3 Warnungen" });
    for (const item of screen.getAllByRole("listitem"))
      expect(item.textContent?.match(/:/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  test("leads from each doubt to where it is mended, as far as the reader may", async () => {
    const checks: StartCheck[] = [
      { id: "split", state: "ok", variants: 2 },
      { id: "overlap", state: "info", others: [{ slug: "a", name: "A", hasSameMetric: false }] },
      { id: "audience", state: "warning", matching: 6, total: 10, outOfReach: 4_000 },
      { id: "previews", state: "warning", unseen: ["control"] },
      { id: "code", state: "warning", lastAsk: null },
      { id: "refusal", state: "blocks", refusal: { message: "No." } },
    ];
    const value = { checks, choices: [], items: [], precedent: null };
    const asked = { status: "done" as const, value };
    const hrefs = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));
    const showWith = (edit?: string) =>
      renderInEnglish(
        <PlanningPortProvider port={aPort({})}>
          <StartChecks unit="user" asked={asked} links={{ edit, setup: "/a?tab=setup" }} />
        </PlanningPortProvider>,
      );
    showWith("/a/edit");
    expect(hrefs()).toEqual([
      "/a/edit",
      "/a/edit#form-whom",
      "/a?tab=setup#preview-links",
      "/a?tab=setup#use-in-code",
    ]);
    expect(
      screen.getByText("Targeting matches 6 of 10 users now, too few for the target of 4,000"),
    ).toBeTruthy();
    cleanup();
    showWith();
    expect(hrefs()).toEqual(["/a?tab=setup#preview-links", "/a?tab=setup#use-in-code"]);
  });

  const cases: [StartCheck, RegExp][] = [
    [{ id: "metric", state: "ok", name: "Upgrade", withoutMetric: null }, /^Primary metric: Upgrade$/],
    [{ id: "metric", state: "blocks", name: null, withoutMetric: null }, /^No primary metric/],
    [
      { id: "metric", state: "warning", name: null, withoutMetric: "A rollout" },
      /^No primary metric.*: A rollout$/,
    ],
    [{ id: "unknown_metrics", state: "blocks", keys: ["gone"] }, /^Metrics not defined in the app: gone$/],
    [{ id: "split", state: "ok", variants: 3 }, /^3 variants, totaling 100%$/],
    [
      { id: "audience", state: "ok", matching: 1_204, total: 5_311 },
      /^Targeting matches 1,204 of 5,311 users now$/,
    ],
    [{ id: "audience", state: "warning", matching: 0, total: 5_311 }, /^No one matches/],
    [{ id: "audience", state: "ok", matching: null, total: null }, /^All visitors are eligible$/],
    [{ id: "traffic", state: "ok", percentage: 12.5 }, /^12.5% of them are included$/],
    [
      {
        id: "length",
        state: "ok",
        foretold: { kind: "planned", weeks: 9, subjects: 28_140, effect: 0.05, missedEffect: null },
      },
      /^Detecting a change of 5% takes 9 weeks \(28,140 users\)\.$/,
    ],
    [
      {
        id: "length",
        state: "warning",
        foretold: { kind: "planned", weeks: 4, subjects: 4_000, effect: 0.12, missedEffect: 0.05 },
      },
      /takes 4 weeks \(4,000 users\)\. The minimum effect is 5%, which this plan may miss\.$/,
    ],
    [
      {
        id: "plan",
        state: "ok",
        plan: { subjects: 28_140, source: "minimum_effect", weeks: 9, effect: 0.05 },
      },
      /^Target sample size: 28,140 users, enough to detect the minimum effect\./,
    ],
    [
      { id: "plan", state: "ok", plan: { subjects: 4_000, source: "default", weeks: null, effect: null } },
      /^Target sample size: 4,000 users, the default without a forecast\./,
    ],
    [
      {
        id: "length",
        state: "warning",
        foretold: { kind: "too_long", weeks: 98, effect: 0.05, reachable: 0.1384 },
      },
      /98 weeks\. In 12 weeks you can detect 14%\.$/,
    ],
    [
      { id: "length", state: "warning", foretold: { kind: "nothing", subjects: 100 } },
      /With 100 users, even the largest change couldn’t be detected\.$/,
    ],
    [
      { id: "length", state: "warning", foretold: { kind: "missing", missing: "arrivals" } },
      /No traffic data for this unit/,
    ],
  ];
  test.each(cases)("says %o in words", async (check, sentence) => {
    show(async () => ({ checks: [check], choices: [], items: [], precedent: null }));
    const item = await waitFor(() => {
      const [only] = screen.getAllByRole("listitem");
      expect(only?.textContent).not.toBe("");
      return only;
    });
    expect(item?.textContent).toMatch(sentence);
  });

  test("that cannot be had says why, and keeps nobody from starting", async () => {
    show(() => Promise.reject(new Error("The database does not answer.")));
    expect(await screen.findByText("No forecast: The database does not answer.")).toBeTruthy();
  });
});

describe("the forecast in the form", () => {
  const forecast: Forecast = {
    perWeek: 3_110,
    precedent: { slug: "pricing", name: "Pricing tiers", unit: "user" },
    matching: { matching: 10, total: 10 },
    metric: { key: "upgrade", name: "Upgrade", kind: "conversion" },
    baseline: { value: 0.168, subjects: 2_000 },
    reach: [
      { weeks: 2, subjects: 6_220, effect: 0.131, ifPlanned: 0.121 },
      { weeks: 4, subjects: 12_440, effect: 0.0849, ifPlanned: 0.0831 },
      { weeks: 8, subjects: 24_880, effect: null, ifPlanned: null },
    ],
    frozen: { subjects: 28_140, source: "minimum_effect", weeks: 9, effect: 0.05 },
    minimumEffect: 0.05,
    windowDays: 14,
    plan: {
      status: "planned",
      units: 28_140,
      perVariant: {},
      weeks: 9,
      comparisons: 1,
      costOfLooking: 1.2,
    },
    assumable: { perWeek: false, baseline: false, effect: false },
    missing: null,
  };
  const values: FormValues = { ...emptyForm, name: "Upgrade button", slug: "upgrade-button-test" };

  function Planned() {
    return <output>{useFormContext<FormValues>().watch("analysis.plannedSubjects")}</output>;
  }
  function Form({ isFixed = false, spread = "" }: { isFixed?: boolean; spread?: string }) {
    const assumptions = { ...values.assumptions, spread };
    return (
      <FormProvider {...useForm<FormValues>({ defaultValues: { ...values, assumptions } })}>
        <FormForecasts registered={isFixed ? [] : null}>
          <FormForecast status={isFixed ? "running" : "draft"} />
          <AnalysisSection status={isFixed ? "running" : "draft"} />
        </FormForecasts>
        <Planned />
      </FormProvider>
    );
  }
  const show = (answer: Forecast, isFixed = false, spread = "") => {
    const port = aPort({ forecast: vi.fn(async () => answer) });
    renderInEnglish(
      <PlanningPortProvider port={port}>
        <Form isFixed={isFixed} spread={spread} />
      </PlanningPortProvider>,
    );
    return port;
  };

  test("names the traffic, today's rate, the length, and what each week finds with which target", async () => {
    show(forecast);
    expect(await screen.findByText("About 3,100 users enter per week (based on Pricing tiers)")).toBeTruthy();
    expect(screen.getByText("Upgrade is at 16.8% today")).toBeTruthy();
    // The same number, wherever it is said.
    expect(screen.getByText(/^Target sample size: 28,140 users/)).toBeTruthy();
    expect(screen.getByText("Detecting a change of 5% takes 9 weeks (28,140 users).")).toBeTruthy();
    expect(screen.getByLabelText("Target sample size").getAttribute("placeholder")).toBe("28,140");
    expect(
      screen.getByText("Participants count once their conversion window of 14 days has closed."),
    ).toBeTruthy();
    // More than six times the weekly number have come, and closed their window, after eight weeks.
    expect(screen.getByText("More participants enter in the first weeks than later.")).toBeTruthy();
    const weeks = screen.getByRole("list", { name: "Detectable effect (MDE)" });
    const rows = within(weeks).getAllByRole("listitem");
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      "After 2 weeks, 6,200 userswith the target of 28,140±13%if 6,200 were the target Use as target±12%",
      "After 4 weeks, 12,000 userswith the target of 28,140±8.5%if 12,000 were the target Use as target±8.3%",
    ]);
  });

  test("folds what each week finds behind the headline", async () => {
    show(forecast);
    const headline = await screen.findByText("Detecting a change of 5% takes 9 weeks (28,140 users).");
    expect(headline.closest("summary")).not.toBeNull();
    const fold = headline.closest("details");
    expect(fold?.open).toBe(false);
    expect(fold?.contains(screen.getByText("After 2 weeks, 6,200 users"))).toBe(true);
    cleanup();
    show({ ...forecast, reach: [] });
    expect((await screen.findByText(/^Detecting a change of 5% takes 9 weeks/)).tagName).toBe("P");
  });

  const outOfReach = { subjects: 28_140, source: "typed", weeks: null, effect: 0.05 } as const;

  test("warns of a target that is larger than the audience: at its field, and on the fold that hides the field", async () => {
    show({ ...forecast, frozen: outOfReach });
    const warnings = await screen.findAllByText(
      "Target out of reach: targeting matches only 10 of 10 users now.",
    );
    expect(warnings.map((warning) => warning.closest("summary") !== null)).toEqual([true, false]);
    const [folded, atField] = warnings;
    expect(folded?.closest("details")?.open).toBe(false);
    expect(folded?.closest("summary")?.textContent).toContain("Analysis method");
    expect(folded?.closest("details")?.contains(screen.getByLabelText("Target sample size"))).toBe(true);
    const described = screen.getByLabelText("Target sample size").getAttribute("aria-describedby");
    expect(atField?.closest("p")?.id).toBe(described);
  });

  test("does not warn before anybody has chosen a metric or a target: it says what is needed", async () => {
    const byDefault = { subjects: 4_000, source: "default", weeks: null, effect: null } as const;
    show({ ...forecast, metric: null, missing: "metric", frozen: byDefault });
    await screen.findByText("Choose a primary metric to get a forecast and a verdict.");
    expect(screen.queryByText(/out of reach/)).toBeNull();
    expect(screen.getByText(/^Target sample size: 4,000/).className).toContain("text-muted-foreground");
    cleanup();
    show({ ...forecast, missing: "baseline", frozen: byDefault });
    expect((await screen.findAllByText(/out of reach/)).length).toBeGreaterThan(0);
    cleanup();
    show({ ...forecast, metric: null, missing: "metric", frozen: { ...byDefault, source: "typed" } });
    expect((await screen.findAllByText(/out of reach/)).length).toBeGreaterThan(0);
  });

  test("does not warn where the traffic of before says when enough will have come, nor after the start", async () => {
    show(forecast);
    await screen.findByText(/^Detecting a change/);
    expect(screen.queryByText(/out of reach/)).toBeNull();
    cleanup();
    show({ ...forecast, frozen: outOfReach }, true);
    await screen.findByText(/^Target sample size: 28,140/);
    expect(screen.queryByText(/out of reach/)).toBeNull();
  });

  test("what is assumed per week has the unit beside it", async () => {
    show({ ...forecast, perWeek: null, assumable: { perWeek: true, baseline: false, effect: false } });
    const field = await screen.findByLabelText("New participants per week");
    expect(field.parentElement?.textContent).toBe("users");
  });

  test("asks for a standard deviation for means and ratios alone, even if one was typed before", async () => {
    const unknown = { ...forecast, assumable: { perWeek: false, baseline: true, effect: false } };
    show(unknown, false, "30");
    await screen.findByLabelText("Current value of the primary metric");
    expect(screen.queryByLabelText("Standard deviation")).toBeNull();
    for (const kind of ["mean", "ratio"] as const) {
      cleanup();
      show({ ...unknown, metric: { key: "revenue", name: "Revenue", kind } });
      await screen.findByLabelText("Standard deviation");
    }
  });

  test("is planned for by a click, until it has started", async () => {
    show(forecast);
    fireEvent.click(await screen.findByRole("button", { name: "Use 12,440 as target" }));
    expect(screen.getByRole("status").textContent).toBe("12440");
    cleanup();
    show(forecast, true);
    await screen.findByText(/Detecting a change of 5%/);
    expect(screen.queryByRole("button", { name: /as target/ })).toBeNull();
    expect(screen.queryByText(/were the target/)).toBeNull();
    // Nothing was registered when it started.
    expect(screen.getByText("Upgrade (chosen after the start) is at 16.8% today")).toBeTruthy();
  });

  test("offers the units of the smallest effect that matters, where others are typed", async () => {
    show({ ...forecast, frozen: { subjects: 4_000, source: "typed", weeks: 2, effect: 0.16 } });
    expect(await screen.findByText("Target sample size: 4,000 users.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Use 28,140 as target" }));
    expect(screen.getByRole("status").textContent).toBe("28140");
  });

  test("asks for the target that an experiment is computed for which started without one, and for no assumption", async () => {
    const assumable = { perWeek: true, baseline: true, effect: true };
    const { forecast: asked } = show({ ...forecast, assumable }, true);
    await screen.findByText(/^Detecting a change/);
    expect(asked).toHaveBeenLastCalledWith(
      expect.objectContaining({ analysis: expect.objectContaining({ plannedSubjects: 10_000 }) }),
    );
    expect(screen.queryByText("Assumptions")).toBeNull();
    cleanup();
    show({ ...forecast, assumable });
    await screen.findByText("Assumptions");
  });

  test("says what is missing instead of a number", async () => {
    show({
      ...forecast,
      perWeek: null,
      precedent: null,
      baseline: null,
      reach: [],
      plan: null,
      frozen: { subjects: 4_000, source: "default", weeks: null, effect: null },
      missing: "metric",
    });
    expect(await screen.findByText(/^Choose a primary metric/)).toBeTruthy();
    expect(screen.queryByText("Detectable effect (MDE)")).toBeNull();
    expect(screen.queryByText(/conversion window/)).toBeNull();
  });
});
