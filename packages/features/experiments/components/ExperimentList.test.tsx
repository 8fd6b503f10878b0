import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ExperimentSummary } from "../types/admin";
import type { Health } from "../types/health";
import { NO_FILTER, WHOLE_LIST } from "../types/list-query";
import { ExperimentList, type ExperimentListProps } from "./ExperimentList";
import { ExperimentPermissions } from "./ExperimentPermissions";
import { aSummary, paths } from "./testing/experiments";
import { renderInEnglish } from "./testing/in-english";

/** Whoever may see an experiment may ask it. */
const WHY = "Look up a person";
const RUN = /^(Pause|Resume|Start|Turn on)/;

afterEach(cleanup);

const everything = WHOLE_LIST;
const views = { saved: [], userId: 1, onSave: async () => null, onDelete: vi.fn() };

function show(props: Partial<ExperimentListProps> = {}) {
  const onCommand = vi.fn();
  const onQueryChange = vi.fn();
  const onBulk = vi.fn<ExperimentListProps["onBulk"]>();
  renderInEnglish(
    <ExperimentList
      query={everything}
      onQueryChange={onQueryChange}
      state={ready([aSummary()])}
      views={views}
      onBulk={onBulk}
      paths={paths}
      onCommand={onCommand}
      pending={new Set()}
      {...props}
    />,
  );
  return { onCommand, onQueryChange, onBulk };
}

function ready(
  items: ExperimentSummary[],
  total = items.length,
  overall = total,
): Extract<ExperimentListProps["state"], { status: "ready" }> {
  const attention = { experiments: 0, problems: {} };
  return {
    status: "ready",
    items,
    total,
    overall,
    owners: [],
    tags: [],
    attention,
    pageSize: 25,
    isOutdated: false,
  };
}

const row = () => screen.getByRole("row", { name: /Upgrade button/ });
const menuOf = (name: string) => {
  fireEvent.keyDown(screen.getByRole("button", { name: `Actions for ${name}` }), { key: "Enter" });
  return screen.getAllByRole("menuitem").map((item) => item.textContent);
};

describe("a row", () => {
  test("says what the experiment is, and leads to it", () => {
    show();
    expect(within(row()).getByRole("link", { name: "Upgrade button" }).getAttribute("href")).toBe(
      "/experiments/upgrade-button-test",
    );
    for (const text of ["upgrade-button-test", "Running", "12,480", "users", "Ada"])
      expect(within(row()).getByText(text)).toBeTruthy();
    // Two halves are what nearly all have: a row tells what is unlike the others.
    expect(row().textContent).not.toMatch(/variants|50%/);
  });

  test.each([
    [0, "teams"],
    [1, "team"],
    [2, "teams"],
  ])("counts %i %s", (assignments, word) => {
    show({ state: ready([aSummary({ unit: "team", assignments, recentExposures: 0 })]) });
    expect(within(row()).getByText(word)).toBeTruthy();
  });

  test("has slug and owner apart, with no dot of its text left at the end of a line", () => {
    show();
    const parts = within(row()).getByText("upgrade-button-test").closest("p");
    expect(parts?.textContent?.trim()).toBe("upgrade-button-test owned by Ada");
    for (const part of parts?.children ?? []) expect(part.className).toContain("before:content-['·'");
  });

  test("says the owner only where the rows have several", () => {
    const other = (owner: ExperimentSummary["owner"]) => aSummary({ slug: "other", name: "Other", owner });
    show({ state: ready([aSummary(), other(aSummary().owner)]) });
    expect(screen.queryByText(/^owned by/)).toBeNull();
    cleanup();
    show({ state: ready([aSummary(), other(null)]) });
    expect(screen.getAllByText(/^owned by/)).toHaveLength(1);
  });

  test("names the assignment only where it is not derived from IDs", () => {
    show({ state: ready([aSummary({ assignmentType: "random" })]) });
    expect(within(row()).getByText(/^Random/)).toBeTruthy();
    cleanup();
    show();
    expect(within(row()).queryByText(/^(Random|Deterministic)/)).toBeNull();
  });

  test("says a split that is uneven, control first whatever the order of the configuration", () => {
    show({
      state: ready([
        aSummary({
          variants: [
            { name: "short", percentage: 40 },
            { name: "long", percentage: 60 },
          ],
          control: "long",
        }),
      ]),
    });
    expect(within(row()).getByText("60% / 40%")).toBeTruthy();
  });

  test("says how many were exposed within a day, and nothing where nobody was", () => {
    show({ state: ready([aSummary({ recentExposures: 1204 }), aSummary({ slug: "quiet", name: "Quiet" })]) });
    expect(within(row()).getByText(/^\+1,204\/day/).textContent).toBe(
      "+1,204/day first exposed in the last 24 hours",
    );
    expect(within(screen.getByRole("row", { name: /Quiet/ })).queryByText(/\/day/)).toBeNull();
  });

  test("shows when a count was made that is older than a quarter of an hour", () => {
    show({ state: ready([aSummary({ countedAt: new Date(Date.now() - 3 * 3_600_000) })]) });
    expect(row().textContent).toContain("Counted 3 hr. ago");
    expect(within(row()).getAllByText("3 hr. ago").length).toBeGreaterThan(0);
  });

  test("says when many were counted, and that there are more where nobody has counted them yet", () => {
    const countedAt = new Date(Date.now() - 5 * 60_000);
    const over = { slug: "young", name: "Young", assignments: 1_000, areMore: true };
    show({ state: ready([aSummary({ assignments: 1_000_000, countedAt }), aSummary(over)]) });
    expect(row().textContent).toContain("1,000,000 Counted 5 min. ago.");
    expect(within(row()).getByTitle("Counted 5 min. ago.")).toBeTruthy();
    expect(within(row()).queryByText("Counted")).toBeNull();
    const young = screen.getByRole("row", { name: /Young/ });
    expect(young.textContent).toContain("over 1,000");
    expect(young.textContent).not.toContain("Counted");
  });

  test("warns where the split is off, before anybody believes the results", () => {
    const variants = [
      { variant: "urgent", observed: 4_790, expected: 5_000 },
      { variant: "control", observed: 5_210, expected: 5_000 },
    ];
    show({ state: ready([aSummary({ splitOff: { p: 0.0002, variants } })]) });
    expect(
      within(row()).getByText("Sample ratio mismatch: 52.1% / 47.9% instead of 50% / 50% (p < 0.001)"),
    ).toBeTruthy();
  });

  test("warns of metrics that were chosen after the start", () => {
    const chosenAfterStart = [{ key: "event:clicked", isRedefined: false }];
    show({ state: ready([aSummary({ chosenAfterStart })]) });
    expect(within(row()).getByText("1 metric chosen after the start")).toBeTruthy();
  });

  test("warns where the split of a segment is off, of whichever size its name is", () => {
    const segments = [
      { fact: "plan", value: "teams" },
      { fact: "country", value: "x".repeat(300) },
    ];
    show({ state: ready([aSummary({ splitOffIn: segments.slice(0, 1) })]) });
    expect(within(row()).getByText("Sample ratio mismatch in Plan: Teams")).toBeTruthy();
    cleanup();
    show({ state: ready([aSummary({ splitOffIn: segments.toReversed() })]) });
    expect(
      within(row()).getByText(`Sample ratio mismatch in country: ${"x".repeat(39)}… and 1 more`),
    ).toBeTruthy();
  });

  test("names its tags, and the list is filtered by any that an experiment has", () => {
    const state = { ...ready([aSummary({ tags: ["onboarding"] })]), tags: ["checkout", "onboarding"] };
    const { onQueryChange } = show({ state });
    expect(within(within(row()).getByRole("list", { name: "Tags" })).getByText("onboarding")).toBeTruthy();
    fireEvent.keyDown(screen.getByRole("combobox", { name: "Tag" }), { key: "Enter" });
    fireEvent.click(screen.getByRole("option", { name: "checkout" }));
    expect(onQueryChange).toHaveBeenCalledWith({ tag: "checkout", page: 1 });
  });

  test("of a damaged configuration says what is wrong, and offers nothing that would guess", () => {
    const damage = "The stored configuration cannot be read at variants: expected array.";
    show({ state: ready([aSummary({ damage, variants: [] })]) });
    expect(within(row()).getByText(damage)).toBeTruthy();
    expect(within(row()).queryByRole("button", { name: RUN })).toBeNull();
    expect(menuOf("Upgrade button")).toEqual(["Results", WHY, "Delete…"]);
  });
});

describe("what needs somebody", () => {
  const health: Health = {
    asOf: "2026-11-20T10:00:00+00:00",
    verdict: "open",
    daysToGo: 9,
    unitsToGo: 1_200,
    problems: [],
    lastExposedOn: "2026-11-12",
    harmed: [],
    broken: [],
  };

  test("a row says the verdict in a word and how long it still takes", () => {
    show({ state: ready([aSummary({ health })]) });
    for (const text of ["Inconclusive so far", "About 9 days left"])
      expect(within(row()).getByText(text)).toBeTruthy();
  });

  test("a row says each problem in words, the split once and with its figures", () => {
    const problems: Health["problems"] = ["split_off", "guardrail_harmed", "no_traffic", "past_end"];
    const variants = [
      { variant: "control", observed: 521, expected: 500 },
      { variant: "urgent", observed: 479, expected: 500 },
    ];
    const experiment = {
      health: { ...health, problems, harmed: ["Refunds"] },
      splitOff: { p: 1e-9, variants },
    };
    show({ state: ready([aSummary(experiment)]) });
    for (const text of ["Guardrail harmed: Refunds", "No traffic since 12 Nov 2026", "Overdue"])
      expect(within(row()).getByText(text)).toBeTruthy();
    expect(within(row()).getAllByText(/Sample ratio mismatch/)).toHaveLength(1);
  });

  test("a row says which variant is better and by how much, with its interval and how many more there are", () => {
    const long = "x".repeat(80);
    const effect = { variant: long, lift: 0.245, low: 0.065, high: 0.45, others: 2 };
    show({ state: ready([aSummary({ health: { ...health, verdict: "better" }, effect })]) });
    for (const text of ["Better: +24.5%", "+6.5% to +45.0%", "and 2 more"])
      expect(within(row()).getByText(text)).toBeTruthy();
    expect(within(row()).getByTitle(long).firstElementChild?.className).toContain("truncate");
  });

  test("a size that nobody could estimate is not made up", () => {
    const effect = { variant: "urgent", lift: null, low: null, high: null, others: 0 };
    show({ state: ready([aSummary({ health: { ...health, verdict: "worse" }, effect })]) });
    expect(within(row()).getByText("Worse")).toBeTruthy();
    expect(within(row()).getByTitle("urgent").textContent).toBe("urgent");
  });

  test.each([
    ["paused", "No new participants"],
    ["off", "No new participants"],
  ] as const)("while it is %s, no time is left that could pass", (status, text) => {
    show({ state: ready([aSummary({ status, health: { ...health, verdict: "too_early" } })]) });
    expect(within(row()).getByText(text)).toBeTruthy();
    expect(row().textContent).not.toContain("left");
  });

  test("a guardrail that is harmed has one name, and is named once", () => {
    const harmed: Health = {
      ...health,
      verdict: "harmed",
      problems: ["guardrail_harmed"],
      harmed: ["Refunds"],
    };
    show({ state: ready([aSummary({ health: harmed })]) });
    expect(
      within(row())
        .getAllByText(/guardrail/i)
        .map(({ textContent }) => textContent),
    ).toEqual(["Guardrail harmed"]);
    expect(within(row()).getAllByText("Refunds")).toHaveLength(1);
  });

  test("an overdue one can be concluded from there, by those who may", () => {
    const experiment = aSummary({ health: { ...health, problems: ["past_end"] } });
    const { onCommand } = show({ state: ready([experiment]) });
    fireEvent.click(within(row()).getByRole("button", { name: /^Conclude….*Upgrade button$/ }));
    expect(onCommand).toHaveBeenCalledExactlyOnceWith(experiment, "conclude");
  });

  test("a row names the metric of its verdict, whole on hover and for readers", () => {
    const judged = { health: { ...health, verdict: "better" } } as const;
    const name = `Upgrades ${"x".repeat(80)}`;
    show({ state: ready([aSummary({ ...judged, verdictMetric: { key: "upgrades", name } })]) });
    const metric = within(row()).getByTitle(name);
    expect(metric.textContent).toBe(`Primary metric: ${name}`);
    expect(metric.className).toContain("truncate");
    cleanup();
    show({ state: ready([aSummary({ ...judged, verdictMetric: { key: "event:paid", name: "paid" } })]) });
    within(row()).getByTitle("paid");
    cleanup();
    const harmed = { health: { ...health, verdict: "harmed" as const } };
    show({ state: ready([aSummary({ ...harmed, verdictMetric: { key: "upgrades", name } })]) });
    expect(within(row()).queryByTitle(name)).toBeNull();
  });

  test("each reason for attention is a chip with its number, which lists those alone, and all once pressed again", () => {
    const attention = { experiments: 2, problems: { no_traffic: 2, split_off: 1 } };
    const state = { ...ready([aSummary()]), attention };
    const chips = () =>
      within(screen.getByRole("list", { name: "2 need attention" }))
        .getAllByRole("button")
        .map((chip) => [chip.textContent, chip.getAttribute("aria-pressed")]);
    const first = show({ state });
    expect(chips()).toEqual([
      ["Sample ratio mismatch 1", "false"],
      ["No traffic 2", "false"],
    ]);
    fireEvent.click(screen.getByRole("button", { name: "No traffic 2" }));
    expect(first.onQueryChange).toHaveBeenCalledWith({ ...NO_FILTER, problem: "no_traffic" });
    cleanup();
    // Also where nothing has it any more: or nobody could take the filter away.
    const { onQueryChange } = show({ state, query: { ...everything, problem: "damaged" } });
    expect(chips()).toContainEqual(["Unreadable settings 0", "true"]);
    fireEvent.click(screen.getByRole("button", { name: "Unreadable settings 0" }));
    expect(onQueryChange).toHaveBeenCalledWith({ ...NO_FILTER, problem: null });
  });

  test("a line above the list counts it over all experiments, and shows those alone", () => {
    const attention = { experiments: 3, problems: { no_traffic: 2, split_off: 1 } };
    const { onQueryChange } = show({ state: { ...ready([aSummary()]), attention } });
    expect(screen.getByRole("status").textContent).toBe("3 need attention");
    fireEvent.click(screen.getByRole("button", { name: "Needs attention 3" }));
    expect(onQueryChange).toHaveBeenCalledWith({ ...everything, needsAttention: true });
  });

  test("the line says so where nothing does", () => {
    show();
    expect(screen.getByText("Nothing needs attention")).toBeTruthy();
  });
});

describe("the button that stops an experiment or lets it run", () => {
  const cases = [
    { status: "running", command: "pause", name: "Pause Upgrade button" },
    { status: "paused", command: "resume", name: "Resume Upgrade button" },
    { status: "off", command: "turn_on", name: "Turn on… Upgrade button" },
    { status: "draft", command: "start", name: "Start experiment… Upgrade button" },
  ] as const;
  test.each(cases)("of a $status experiment says and does $command", ({ status, command, name }) => {
    const experiment = aSummary({ status });
    const { onCommand } = show({ state: ready([experiment]) });
    fireEvent.click(within(row()).getByRole("button", { name }));
    expect(onCommand).toHaveBeenCalledExactlyOnceWith(experiment, command);
  });

  test("says what happens to participants, to those who reach it by the keyboard too", async () => {
    show();
    fireEvent.focus(within(row()).getByRole("button", { name: RUN }));
    expect((await screen.findByRole("tooltip")).textContent).toContain(
      "No new participants enter. Existing participants keep their variant.",
    );
  });

  test.each(["concluded", "archived"] as const)("is not there once it is %s", (status) => {
    show({ state: ready([aSummary({ status })]) });
    expect(within(row()).queryByRole("button", { name: RUN })).toBeNull();
  });

  test("waits while something is being done to the experiment", () => {
    show({ pending: new Set(["upgrade-button-test"]) });
    expect(within(row()).getByRole<HTMLButtonElement>("button", { name: RUN }).disabled).toBe(true);
  });
});

describe("several at once", () => {
  const two = [aSummary(), aSummary({ slug: "second", name: "Second" })];
  const click = (role: string, name: string) => fireEvent.click(screen.getByRole(role, { name }));

  test("are chosen by row or all together, and the order names how many", async () => {
    const { onBulk } = show({ state: ready(two) });
    onBulk.mockResolvedValue(two.map(({ slug }) => ({ slug, refusal: null })));
    expect(screen.queryByRole("region", { name: "Selected experiments" })).toBeNull();
    click("checkbox", "Select all on this page");
    click("checkbox", "Select Second");
    expect(screen.getByText("1 selected")).toBeTruthy();
    click("checkbox", "Select Second");
    click("button", "Pause");
    const dialog = screen.getByRole("dialog", { name: "Pause 2 experiments?" });
    fireEvent.click(within(dialog).getByRole("button", { name: "Pause 2" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(onBulk).toHaveBeenCalledExactlyOnceWith(two, { kind: "pause" });
    expect(screen.queryByText(/selected$/)).toBeNull();
  });

  test("say of each that was refused why, and leave it chosen", async () => {
    const { onBulk } = show({ state: { ...ready(two), tags: ["q3"] } });
    const refusal = { code: "invalid_config", message: "Use at most ten tags." };
    onBulk.mockResolvedValue([
      { slug: "upgrade-button-test", refusal: null },
      { slug: "second", refusal },
    ]);
    click("checkbox", "Select all on this page");
    click("button", "Add tag…");
    fireEvent.change(within(screen.getByRole("dialog")).getByLabelText(/^Tag/), { target: { value: "q3" } });
    click("button", "Tag 2");
    const dialog = await screen.findByText("1 done, 1 couldn’t be changed");
    expect(dialog.getAttribute("role")).toBe("alert");
    expect(screen.getByRole("dialog").textContent).toContain("SecondUse at most ten tags.");
    fireEvent.click(
      within(screen.getByRole("dialog")).getAllByRole("button", { name: "Close" })[0] as Element,
    );
    await waitFor(() => expect(screen.getByText("1 selected")).toBeTruthy());
    expect(onBulk).toHaveBeenCalledExactlyOnceWith(two, { kind: "tag", tag: "q3" });
  });
});

describe("a role", () => {
  test("leaves out what would be refused: a viewer sees, and changes nothing", () => {
    renderInEnglish(
      <ExperimentPermissions permissions={["view"]}>
        <ExperimentList
          query={everything}
          onQueryChange={vi.fn()}
          state={ready([aSummary()])}
          views={views}
          onBulk={vi.fn()}
          paths={paths}
          onCommand={vi.fn()}
          pending={new Set()}
        />
      </ExperimentPermissions>,
    );
    expect(within(row()).queryByRole("button", { name: RUN })).toBeNull();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("button", { name: /Conclude/ })).toBeNull();
    expect(menuOf("Upgrade button")).toEqual(["Results", WHY]);
    expect(screen.queryByRole("link", { name: "New experiment" })).toBeNull();
  });
});

describe("the menu of a row", () => {
  test("offers what the lifecycle allows", () => {
    show();
    expect(menuOf("Upgrade button")).toEqual([
      "Results",
      WHY,
      "Edit",
      "Pause",
      "Turn off…",
      "Conclude…",
      "Duplicate…",
      "Delete…",
    ]);
    cleanup();
    show({ state: ready([aSummary({ status: "draft" })]) });
    expect(menuOf("Upgrade button")[0]).toBe("Checks");
    cleanup();
    show({ state: ready([aSummary({ status: "concluded", winnerVariant: "urgent" })]) });
    expect(screen.getByText("Winner: urgent")).toBeTruthy();
    expect(menuOf("Upgrade button")).toEqual(["Results", WHY, "Edit", "Archive…", "Duplicate…", "Delete…"]);
  });

  test("stands beside who sees what: of a flag that is turned off nobody gets the winner", () => {
    const over = {
      status: "concluded",
      winnerVariant: "urgent",
      isConverted: true,
      isTurnedOff: true,
    } as const;
    show({ state: ready([aSummary(over)]) });
    expect(row().textContent).toContain("Concluded, turned off");
    expect(row().textContent).toContain("Everyone sees control");
    expect(row().textContent).not.toContain("Winner: urgent");
  });
});

describe("the states of the list", () => {
  test("empty, it teaches, with nothing to search in", () => {
    show({ state: ready([]) });
    expect(screen.getByText("No experiments yet")).toBeTruthy();
    expect(screen.queryByRole("searchbox")).toBeNull();
    expect(
      screen.getAllByRole("link", { name: "New experiment" }).map((link) => link.getAttribute("href")),
    ).toContain("/experiments/new");
  });

  test("with nothing that matches, it offers to clear the filters and keeps them in view", () => {
    const { onQueryChange } = show({ query: { ...everything, status: "paused" }, state: ready([]) });
    expect(screen.getByText("No experiments found")).toBeTruthy();
    expect(screen.getByRole("combobox", { name: "Status" }).textContent).toContain("Paused");
    fireEvent.click(screen.getByRole("button", { name: "Clear filters" }));
    expect(onQueryChange).toHaveBeenCalledWith(NO_FILTER);
  });

  test.each([
    [{ search: "pricing" }, "Clear search"],
    [{ search: "pricing", tag: "pricing" }, "Clear search and filters"],
    [{ needsAttention: true }, "Clear filters"],
  ])("with nothing that matches %j, its button says what it clears: %s", (query, label) => {
    const { onQueryChange } = show({ query: { ...everything, ...query }, state: ready([]) });
    fireEvent.click(screen.getByRole("button", { name: label }));
    expect(onQueryChange).toHaveBeenCalledWith(NO_FILTER);
  });

  test("loading, it says so and holds the place of its rows", () => {
    show({ state: { status: "loading" } });
    expect(screen.getByRole("status", { name: "Loading experiments" })).toBeTruthy();
    expect(screen.getAllByRole("row").length).toBeGreaterThan(3);
  });

  test("failed, it says what happened and tries again", () => {
    const onRetry = vi.fn();
    show({ state: { status: "error", message: "The database does not answer.", onRetry } });
    expect(screen.getByRole("alert").textContent).toContain("The database does not answer.");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  test("says how many match, and of how many where some were filtered away", () => {
    show({ state: ready([aSummary()], 58) });
    expect(screen.getByText("58 experiments")).toBeTruthy();
    cleanup();
    show({ query: { ...everything, search: "up" }, state: ready([aSummary()], 42, 58) });
    expect(screen.getByText("42 of 58")).toBeTruthy();
  });

  test("over several pages, it leads on and back", () => {
    const { onQueryChange } = show({ query: { ...everything, page: 2 }, state: ready([aSummary()], 58) });
    expect(screen.getByText("26–50 of 58")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Next" }));
    expect(onQueryChange).toHaveBeenLastCalledWith({ page: 3 });
    fireEvent.click(screen.getByRole("button", { name: "Previous" }));
    expect(onQueryChange).toHaveBeenLastCalledWith({ page: 1 });
  });
});

describe("the search", () => {
  test("asks once the typing pauses, from the first page on", async () => {
    const { onQueryChange } = show({ query: { ...everything, page: 3 } });
    const search = screen.getByRole("searchbox");
    fireEvent.change(search, { target: { value: "pri" } });
    fireEvent.change(search, { target: { value: "pricing" } });
    expect(onQueryChange).not.toHaveBeenCalled();
    await waitFor(() =>
      expect(onQueryChange).toHaveBeenCalledExactlyOnceWith({ search: "pricing", page: 1 }),
    );
  });

  test("is reached by the slash key, except while typing elsewhere", () => {
    show();
    const search = screen.getByRole("searchbox");
    fireEvent.keyDown(document.body, { key: "/" });
    expect(document.activeElement).toBe(search);
    search.blur();
    fireEvent.keyDown(search, { key: "/" });
    expect(document.activeElement).toBe(document.body);
  });
});
