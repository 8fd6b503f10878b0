import { toast } from "@calcom/ui";
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { StoredResult } from "../results/types";
import { aMeasuredResult, withVerdict } from "./analytics/testing/results";
import { asWithheld, ready, show, verdictText } from "./analytics/testing/show";

afterEach(cleanup);

describe("before its time", () => {
  const tooEarly = withVerdict({ code: "too_early", unitsToGo: 9, conversionsToGo: 0, daysToGo: 3 });
  const withheld = ready(asWithheld(tooEarly), { figures: "withheld" });

  test("verdict, progress, counts and exposures are shown in this order, and nothing that compares", () => {
    const { container } = show(withheld);
    expect(container.textContent).not.toMatch(/24\.1%|\+43\.0%|0\.012/);
    expect(container.querySelector("[data-slot=lift-interval]")).toBeNull();
    expect(screen.queryByText("p-values and probabilities")).toBeNull();
    for (const name of [/^Upgrade$/, /^Lift over time/, /^Novelty check/, /^Segments/])
      expect(screen.queryByRole("region", { name })).toBeNull();
    const shown = [
      screen.getByRole("progressbar"),
      screen.getByText("the counts of now"),
      screen.getByRole("region", { name: "Exposures" }),
    ];
    for (const [index, element] of shown.slice(1).entries())
      expect(shown[index]?.compareDocumentPosition(element)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  test("on the first day too it is said how long, and nobody is said to be left out of nothing", () => {
    const settings = { mode: "sequential" as const, plannedSubjects: 4_000, minimumRuntimeDays: 7 };
    const dayOne = {
      ...aMeasuredResult(),
      analysis: null,
      look: null,
      settings,
      asOf: "2026-11-03T12:00:00.000Z",
    };
    show(ready(asWithheld(dayOne), { figures: "withheld" }));
    expect(verdictText()).toContain("Too early: 9 days and about 200 users to go");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("0");
    expect(screen.queryByRole("region", { name: "Excluded from the analysis" })).toBeNull();
    // The counts by variant wait as well, and may be looked at.
    expect(screen.getByRole("button", { name: "View early…" })).toBeTruthy();
    cleanup();
    show(ready({ ...dayOne, endedAt: dayOne.asOf }));
    expect(verdictText()).toContain("No verdict");
    expect(screen.queryByRole("progressbar")).toBeNull();
  });

  test("whoever may decide is asked whether to look, and told that it is recorded", async () => {
    const { actions } = show(withheld);
    fireEvent.click(screen.getByRole("button", { name: "View early…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("Viewing is logged");
    expect(actions.onLookEarly).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole("button", { name: "View early" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(actions.onLookEarly).toHaveBeenCalledOnce();
  });

  test("nobody else is", () => {
    show(withheld, {}, false);
    expect(screen.queryByRole("button", { name: "View early…" })).toBeNull();
  });

  test("early figures stand under a notice, and can be hidden again", () => {
    const { actions, container } = show(ready(tooEarly, { figures: "early" }));
    expect(screen.getByText("You’re viewing early results")).toBeTruthy();
    expect(container.textContent).toContain("+43.0%");
    fireEvent.click(screen.getByRole("button", { name: "Hide again" }));
    expect(actions.onStopLooking).toHaveBeenCalledOnce();
  });
});

describe("a split that is off", () => {
  const variants = [
    { variant: "urgent", observed: 479, expected: 500 },
    { variant: "control", observed: 521, expected: 500 },
  ];
  const result = withVerdict({ code: "split_is_off", p: 0.0002, variants });
  const off: StoredResult = {
    ...result,
    analysis: result.analysis && {
      ...result.analysis,
      split: {
        ...result.analysis.split,
        status: "off",
        p: 0.0002,
        variants,
        impossible: [{ epoch: 2, variant: "urgent", units: 3 }],
        byEpoch: [
          { epoch: 1, p: 0.6 },
          { epoch: 2, p: 0.0003 },
        ],
      },
    },
  };

  test("is the verdict, in one panel: control first, what is withheld, and what to check", () => {
    show(ready(off));
    expect(screen.getByRole("alert").textContent).toContain(
      "Not trustworthy: sample ratio mismatch, 52.1% / 47.9% instead of 50% / 50% (p\u00a0<\u00a00.001)",
    );
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.contains(screen.getByRole("alert"))).toBe(true);
    expect(panel.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe("doubt");
    expect(panel.textContent).toContain("so the verdict is withheld");
    expect(panel.textContent).toContain("Phase 2: 3 users in urgent, which had 0%.");
    expect(panel.textContent).toContain("Phase 2: p\u00a0<\u00a00.001");
  });

  test.each(["all", "early"] as const)("leaves nothing compared, with %s figures", (figures) => {
    const { container } = show(ready(off, { figures }));
    expect(container.textContent).not.toMatch(/43\.0%|24\.1%|24\.5%/);
    for (const name of [/^Upgrade$/, /^Lift over time/, /^Novelty check/, /^Segments/])
      expect(screen.queryByRole("region", { name })).toBeNull();
    expect(screen.queryByText("p-values and probabilities")).toBeNull();
    expect(screen.getByRole("region", { name: "Exposures" }).textContent).toMatch(
      /^.*Sample ratio mismatch: .*\(p\s<\s0\.001\)/s,
    );
    expect(screen.getByText("the counts of now")).toBeTruthy();
  });

  test("leaves nothing to look at early", () => {
    show(ready(off, { figures: "withheld" }));
    expect(screen.queryByRole("button", { name: "View early…" })).toBeNull();
  });
});

describe("around them", () => {
  test("results are exported as table or whole, counted again, and dated", async () => {
    const { actions } = show(ready(aMeasuredResult()));
    fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
    expect(actions.onRefresh).toHaveBeenCalledOnce();
    for (const [name, format] of [
      ["Table as CSV", "csv"],
      ["Everything as JSON", "json"],
    ] as const) {
      fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
      fireEvent.click(await screen.findByRole("menuitem", { name }));
      expect(actions.onExport).toHaveBeenLastCalledWith(format);
    }
  });

  test("the link to these results is copied, and that is said; or that it could not be", async () => {
    const said = { success: vi.spyOn(toast, "success"), error: vi.spyOn(toast, "error") };
    const writeText = vi.fn(async (_text: string) => undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    const copy = async () => {
      fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
      fireEvent.click(await screen.findByRole("menuitem", { name: "Copy link to these results" }));
    };
    show(ready(aMeasuredResult()));
    await copy();
    await waitFor(() => expect(said.success).toHaveBeenCalledWith("Link copied"));
    expect(writeText.mock.calls[0]?.[0]).toContain("asOf=2026-11-05");
    writeText.mockRejectedValueOnce(new Error("refused"));
    await copy();
    await waitFor(() => expect(said.error).toHaveBeenCalledWith("Couldn’t copy"));
    Reflect.deleteProperty(navigator, "clipboard");
    vi.restoreAllMocks();
  });

  test("the source is said, and PostHog offered beside it where a project is known", async () => {
    show(ready(aMeasuredResult()));
    expect(screen.getByText("Source: app database")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Source: app database" })).toBeNull();
    cleanup();
    show(ready(aMeasuredResult()), {
      posthog: { funnel: "https://posthog.test/f", sql: "https://posthog.test/s" },
    });
    fireEvent.keyDown(screen.getByRole("button", { name: "Source: app database" }), { key: "Enter" });
    const link = await screen.findByRole("menuitem", { name: "Funnel in PostHog" });
    expect(link.getAttribute("href")).toBe("https://posthog.test/f");
  });

  test("a concluded experiment shows its receipt, and is not counted again", () => {
    const receipt = { createdAt: new Date(), concludedAt: "2026-11-05T12:30:00.000Z", hash: "abc123" };
    show(ready(aMeasuredResult(), { receipt }));
    const region = screen.getByRole("region", { name: "Result snapshot" });
    expect(region.textContent).toContain("abc123");
    expect(region.textContent).toContain("npm run experiments -- verify upgrade-button-test");
    expect(screen.queryByRole("button", { name: "Refresh" })).toBeNull();
  });

  test("a link to older results says that these are newer; one to these says nothing", () => {
    show(ready(aMeasuredResult()), { linkedAsOf: "2026-11-04T00:00:00.000Z" });
    expect(screen.getByText(/^This link was for/)).toBeTruthy();
    cleanup();
    show(ready(aMeasuredResult()), { linkedAsOf: aMeasuredResult().asOf });
    expect(screen.queryByText(/^This link was for/)).toBeNull();
  });

  test("what is loading, failed, or was never counted says so, and the counts of now stay", () => {
    show({ status: "loading" });
    expect(screen.getByRole("status", { name: "Loading results" })).toBeTruthy();
    cleanup();
    const onRetry = vi.fn();
    show({ status: "error", message: "The database does not answer.", onRetry });
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
    expect(screen.getByText("the counts of now")).toBeTruthy();
    cleanup();
    show(ready(null));
    expect(screen.getByText("No results yet")).toBeTruthy();
  });
});
