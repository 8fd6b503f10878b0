import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ExperimentForm, type ExperimentFormProps, type Save, type SaveRefusal } from "./ExperimentForm";
import { type AudiencePort, AudiencePortProvider, MetricsProvider } from "./ExperimentPorts";
import { anExperiment } from "./testing/experiments";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

function show(props: Partial<ExperimentFormProps> = {}) {
  const onSave = vi.fn<(save: Save) => Promise<SaveRefusal | null>>(async () => null);
  const navigate = vi.fn();
  renderInEnglish(
    <ExperimentForm onSave={onSave} navigate={navigate} cancelHref="/experiments" {...props} />,
  );
  return { onSave, navigate };
}

const field = (label: RegExp | string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: RegExp | string, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const share = (number: number) => field(`Share of variant ${number} (%)`);
const errorsOf = (input: HTMLElement) =>
  (input.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent)
    .join(" ");

describe("the slug", () => {
  test("follows the name until somebody types one, and again once it is emptied", () => {
    show();
    type(/^Name\*?$/, "Größerer Button");
    expect(field(/^Slug/).value).toBe("grosserer-button");
    type(/^Slug/, "my-button");
    type(/^Name\*?$/, "Another name");
    expect(field(/^Slug/).value).toBe("my-button");
    type(/^Slug/, "");
    type(/^Name\*?$/, "Third name");
    expect(field(/^Slug/).value).toBe("third-name");
  });

  test("is fixed once the experiment exists", () => {
    show({ experiment: anExperiment({ status: "draft" }) });
    type(/^Name\*?$/, "Another name");
    expect(field(/^Slug/).readOnly).toBe(true);
    expect(field(/^Slug/).value).toBe("upgrade-button-test");
  });
});

describe("the split", () => {
  test("is made even by one click, adding up to exactly 100", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    press("Add variant");
    press("Even split");
    expect([1, 2, 3].map((number) => share(number).value)).toEqual(["33.3", "33.3", "33.4"]);
    press("Create draft");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({
      kind: "create",
      input: expect.objectContaining({
        slug: "pricing-tiers",
        control: "control",
        variants: [
          { name: "control", percentage: 33.3 },
          { name: "treatment", percentage: 33.3 },
          { name: "variant-a", percentage: 33.4 },
        ],
      }),
    });
  });

  test("is moved by the keys of a slider, and adds up on the way", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    const boundary = screen.getByRole("slider", { name: "Boundary between control and treatment" });
    fireEvent.keyDown(boundary, { key: "ArrowRight" });
    fireEvent.keyDown(boundary, { key: "ArrowRight", shiftKey: true });
    await waitFor(() => expect([share(1).value, share(2).value]).toEqual(["61", "39"]));
    expect(boundary.getAttribute("aria-valuetext")).toBe("control 61%, treatment 39%");
    press("Create draft");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({
      kind: "create",
      input: expect.objectContaining({
        variants: [
          { name: "control", percentage: 61 },
          { name: "treatment", percentage: 39 },
        ],
      }),
    });
  });

  test("has nothing to drag while it does not add up", () => {
    show();
    type("Share of variant 1 (%)", "40");
    expect(screen.queryByRole("slider")).toBeNull();
    press("Even split");
    expect(screen.getByRole("slider").getAttribute("aria-valuenow")).toBe("50");
  });

  test("that misses 100 is refused in words, at the shares, and nothing is sent", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    type(share(1).getAttribute("aria-label") ?? "", "49,5");
    expect(screen.getByText("Total 99.5%: 0.5% left to assign")).toBeTruthy();
    press("Create draft");
    await screen.findByText("The percentages add up to 99.5, not 100.");
    await waitFor(() => expect(document.activeElement).toBe(share(1)));
    expect(onSave).not.toHaveBeenCalled();
    // Mended by the other share, the complaint goes at once.
    type("Share of variant 2 (%)", "50.5");
    await waitFor(() => expect(screen.queryByText(/add up to 99.5, not/)).toBeNull());
    press("Create draft");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  });

  test("keeps one control: it follows its name, and passes on when its variant is removed", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    press("Add variant");
    type("Name of variant 1", "baseline");
    press("Remove variant 1");
    type("Share of variant 1 (%)", "100");
    press("Create draft");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({
      kind: "create",
      input: expect.objectContaining({ control: "treatment" }),
    });
  });
});

describe("what is refused", () => {
  test("is marked at its field, the first one focused", async () => {
    const { onSave } = show();
    field(/^Slug/).focus();
    press("Create draft");
    await waitFor(() => expect(errorsOf(field(/^Name\*?$/))).toContain("Enter a name."));
    await waitFor(() => expect(document.activeElement).toBe(field(/^Name\*?$/)));
    expect(errorsOf(field(/^Slug/))).toContain("Enter a slug.");
    expect(onSave).not.toHaveBeenCalled();
  });

  test("a second variant of one name is marked, until either is renamed", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    type("Name of variant 2", "control");
    press("Create draft");
    await waitFor(() =>
      expect(errorsOf(field("Name of variant 2"))).toContain("Another variant is already named control."),
    );
    expect(onSave).not.toHaveBeenCalled();
    type("Name of variant 1", "baseline");
    await waitFor(() => expect(errorsOf(field("Name of variant 2"))).toBe(""));
  });

  test("a payload that is no JSON is marked", async () => {
    const { onSave } = show();
    type(/^Name\*?$/, "Pricing tiers");
    fireEvent.click(screen.getByRole("button", { name: "Payload of variant 1, as JSON" }));
    const payload = screen.getByRole("textbox", { name: /^Payload of variant 1/ });
    fireEvent.change(payload, { target: { value: "{ price: 12 }" } });
    press("Create draft");
    await waitFor(() => expect(errorsOf(payload)).toContain("Not valid JSON"));
    fireEvent.change(payload, { target: { value: '{ "price": 12 }' } });
    press("Create draft");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave.mock.calls[0]?.[0]).toMatchObject({
      input: { variants: [{ payload: { price: 12 } }, { name: "treatment" }] },
    });
  });

  test("by the server lands on its field and is focused", async () => {
    const message = "The slug upgrade-button is taken. Choose another one.";
    const onSave = vi.fn(async () => ({
      code: "slug_taken",
      message,
      issues: [{ path: "slug", message }],
    }));
    show({ onSave });
    type(/^Name\*?$/, "Upgrade button");
    press("Create draft");
    await waitFor(() => expect(errorsOf(field(/^Slug/))).toContain(message));
    await waitFor(() => expect(document.activeElement).toBe(field(/^Slug/)));
    // Another slug is another try.
    type(/^Slug/, "upgrade-button-2");
    await waitFor(() => expect(errorsOf(field(/^Slug/))).not.toContain(message));
  });

  test("by the server without a field is shown beside the button", async () => {
    const message = "Something went wrong on our side. Try again in a moment.";
    show({ onSave: async () => ({ code: null, message, issues: [] }) });
    type(/^Name\*?$/, "Upgrade button");
    press("Create draft");
    await screen.findByText(message);
  });
});

describe("editing", () => {
  test("sends what was changed and nothing else, with the version that was edited", async () => {
    const { onSave } = show({
      experiment: anExperiment({}, { targetingRules: { userAttributes: { country: "DE" } } }),
    });
    type("Traffic allocation", "50");
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({ kind: "edit", version: 7, patch: { trafficPercentage: 50 } });
  });

  test("never drops the rules that it does not show", async () => {
    const { onSave } = show({
      experiment: anExperiment({}, { targetingRules: { userAttributes: { country: "DE" } } }),
    });
    fireEvent.click(field("Exclude organizations"));
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({
      kind: "edit",
      version: 7,
      patch: { targetingRules: { excludeOrganizations: true, userAttributes: { country: "DE" } } },
    });
  });

  test("a running experiment locks what would make its counts untrue, and says why", () => {
    show({ experiment: anExperiment() });
    const unit = screen.getByRole("radiogroup", { name: "Randomization unit" });
    expect(within(unit).getByRole<HTMLButtonElement>("radio", { name: "Team" }).disabled).toBe(true);
    expect(errorsOf(unit)).toContain("Locked since the start");
    expect(field("Name of variant 1").readOnly).toBe(true);
    expect(share(1).disabled).toBe(false);
  });

  test("only a variant that can go has a button for it; why the others stay is said once", () => {
    show({ experiment: anExperiment() });
    const removals = () => screen.queryAllByRole("button", { name: /^Remove variant/ });
    expect(removals()).toEqual([]);
    expect(screen.getAllByText(/can’t be renamed or removed/)).toHaveLength(1);
    press("Add variant");
    expect(removals().map((button) => button.getAttribute("aria-label"))).toEqual(["Remove variant 3"]);
  });

  test("what is locked says so where it stands, and never above what can still be changed", () => {
    show({ experiment: anExperiment() });
    expect(errorsOf(screen.getByRole("combobox", { name: "Primary metric" }))).toContain(
      "Locked since the start",
    );
    const events = field("Client-side conversion events");
    expect(events.disabled).toBe(false);
    expect(errorsOf(events)).not.toContain("Locked");
    const folds = screen.getAllByLabelText("Locked").map((sign) => sign.closest("summary")?.textContent);
    expect(folds.map((text) => text?.replace(/\d.*$|None$|Any time.*$/, ""))).toEqual([
      "Other metrics",
      "Conversion window",
      "Analysis method",
    ]);
  });

  test("a concluded experiment lets only words be changed", () => {
    show({ experiment: anExperiment({ status: "concluded" }) });
    expect(field(/^Name\*?$/).disabled).toBe(false);
    for (const label of [
      "Traffic allocation",
      "Conversion window",
      "Member of any of these teams",
      "Share of variant 1 (%)",
    ])
      expect(field(label).disabled).toBe(true);
  });
});

describe("two admins at once", () => {
  const stale: SaveRefusal = { code: "stale_version", message: "Grace changed it.", issues: [] };
  const theirs = anExperiment(
    { version: 8, updatedBy: { id: 2, name: "Grace" } },
    { trafficPercentage: 20, conversionWindowDays: 30 },
  );

  async function collide() {
    const onSave = vi.fn<(save: Save) => Promise<SaveRefusal | null>>(async () => null);
    onSave.mockResolvedValueOnce(stale);
    show({ experiment: anExperiment(), onSave, loadCurrent: async () => theirs });
    type("Traffic allocation", "50");
    press("Save changes");
    await screen.findByText("Grace changed Upgrade button in the meantime.");
    return onSave;
  }

  test("the later one sees what the other changed, and where both did", async () => {
    await collide();
    const alert = screen.getByText(/^Grace changed/).closest<HTMLElement>("[data-slot=alert]");
    expect(alert?.textContent).toContain("Traffic allocation: Current: 20%");
    expect(alert?.textContent).toContain("Yours: 50%");
    expect(alert?.textContent).toContain("Conversion window: 30 days");
    expect(alert?.textContent).toContain(
      "Reapplying replaces the current value with yours for this setting: Traffic allocation.",
    );
  });

  test("has one primary button, the choice; saving waits for it, and says so", async () => {
    await collide();
    const primary = screen
      .getAllByRole<HTMLButtonElement>("button")
      .filter(({ classList }) => classList.contains("bg-primary-solid"));
    expect(primary.map(({ textContent }) => textContent)).toEqual(["Reapply my changes"]);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save changes" }).disabled).toBe(true);
    const link = screen.getByRole("link", { name: "Not saved. Choose what happens to your changes." });
    const alert = screen.getByText(/^Grace changed/).closest("[data-slot=alert]");
    expect(link.getAttribute("href")).toBe(`#${alert?.id}`);
    expect(document.activeElement).toBe(alert);
  });

  test("keeping mine saves only mine, on top of theirs", async () => {
    const onSave = await collide();
    press("Reapply my changes");
    const save = screen.getByRole("button", { name: "Save changes" });
    await waitFor(() => expect(document.activeElement).toBe(save));
    expect(field("Conversion window").value).toBe("30");
    expect(field("Traffic allocation").value).toBe("50");
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledTimes(2));
    expect(onSave).toHaveBeenLastCalledWith({ kind: "edit", version: 8, patch: { trafficPercentage: 50 } });
  });

  test("discarding mine shows theirs, with nothing left to save", async () => {
    await collide();
    press("Discard my changes");
    await waitFor(() => expect(document.activeElement).toBe(field(/^Name\*?$/)));
    expect(field("Traffic allocation").value).toBe("20");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save changes" }).disabled).toBe(true);
  });
});

describe("unsaved work", () => {
  test("is held back from a link until leaving is confirmed", async () => {
    const { navigate } = show();
    type(/^Name\*?$/, "Half a thought");
    fireEvent.click(screen.getByRole("link", { name: "Cancel" }));
    await screen.findByRole("alertdialog");
    expect(navigate).not.toHaveBeenCalled();
    press("Leave");
    expect(navigate).toHaveBeenCalledWith("/experiments");
  });

  test("makes closing the page ask; a page without it closes", () => {
    show();
    const leave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    expect(leave()).toBe(true);
    type(/^Name\*?$/, "Half a thought");
    expect(leave()).toBe(false);
  });
});

describe("the summary", () => {
  const watched = { primary: null, secondary: ["revenue"], guardrails: [] };
  test.each([
    [
      "the chosen metric",
      { metrics: { ...watched, primary: "paid" } },
      "Measurement",
      "Primary metric: paid",
    ],
    [
      "the first event",
      { clientEvents: ["clicked"] },
      "Primary metric: clickedWithin 14 days of the exposure",
    ],
    [
      "the other events",
      { clientEvents: ["clicked", "paid"] },
      "Primary metric: clickedpaid, within 14 days",
    ],
    ["that none decides", { metrics: watched }, "Measurement", "Primary metric: None"],
  ])("names %s", (_, settings, ...said) => {
    show({ experiment: anExperiment({ status: "draft" }, settings) });
    const { textContent } = screen.getByRole("complementary", { name: "Summary" });
    for (const text of said) expect(textContent).toContain(text);
    expect(textContent).not.toContain("No client-side events");
  });
});

test("each heading of the form is a click away", () => {
  show();
  const links = within(screen.getByRole("navigation", { name: "Sections of the form" })).getAllByRole("link");
  const named = links.map((link) => link.lastChild?.textContent);
  const sections = links.map((link) => document.querySelector(link.getAttribute("href") ?? ""));
  expect(sections.map((section) => section?.querySelector("h2")?.textContent)).toEqual(named);
});

test("the link of the section that is read says so, and the last one's at the end of the page", () => {
  show();
  const links = within(screen.getByRole("navigation", { name: "Sections of the form" }));
  const currentLink = () => links.getByRole("link", { current: "location" }).textContent;
  expect(currentLink()).toContain("What should change");
  // A section ends where the next one begins: two have come up so far.
  const tops = new Map([
    ["form-change", -900],
    ["form-variants", 40],
  ]);
  vi.spyOn(Element.prototype, "getBoundingClientRect").mockImplementation(function (this: Element) {
    return new DOMRect(0, tops.get(this.id) ?? 2_000, 100, 100);
  });
  fireEvent.scroll(window);
  expect(currentLink()).toContain("Variants");
  vi.restoreAllMocks();
});

describe("the audience", () => {
  const port: AudiencePort = {
    count: async () => ({ matching: 4, examined: 30, total: 30 }),
    tryOut: async () => ({
      decision: { variant: null, reason: "not_targeted" },
      isVariantKnown: true,
      facts: { plan: "individual" },
      isStored: false,
    }),
    findTeams: async (search) =>
      search === ""
        ? []
        : [{ id: 7, name: "Design studio", slug: "design-studio", isOrganization: false, members: 3 }],
    findPeople: async () => [{ id: 12, name: "Ida", email: "ida@example.com" }],
    attributes: async () => [{ name: "country", values: ["DE"] }],
  };

  function showWithPort(experiment = anExperiment({ status: "draft" })) {
    const onSave = vi.fn<(save: Save) => Promise<SaveRefusal | null>>(async () => null);
    renderInEnglish(
      <AudiencePortProvider port={port}>
        <ExperimentForm
          onSave={onSave}
          navigate={vi.fn()}
          cancelHref="/experiments"
          experiment={experiment}
        />
      </AudiencePortProvider>,
    );
    return onSave;
  }

  test("is counted in words while it is described", async () => {
    showWithPort();
    await screen.findByText("Targeting matches 4 of 30 users now");
  });

  test("has its summary in the footer where there is no room beside it", async () => {
    vi.stubGlobal("matchMedia", () => ({
      matches: false,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }));
    try {
      showWithPort();
      const summary = screen.getByRole("button", { name: "Summary" });
      expect(screen.queryByRole("region", { name: "Summary" })).toBeNull();
      fireEvent.click(summary);
      expect(summary.getAttribute("aria-expanded")).toBe("true");
      const region = screen.getByRole("region", { name: "Summary" });
      await within(region).findByText("Targeting matches 4 of 30 users now");
      fireEvent.click(summary);
      expect(screen.queryByRole("region", { name: "Summary" })).toBeNull();
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("takes teams by name and attributes by rule, and saves what the rules mean", async () => {
    const onSave = showWithPort();
    type("Member of any of these teams", "design");
    fireEvent.click(await screen.findByRole("button", { name: /Design studio/ }));
    press("Add condition");
    type("attribute", "country");
    type("value", "DE");
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave).toHaveBeenCalledWith({
      kind: "edit",
      version: 7,
      patch: { targetingRules: { teamIds: [7], userAttributes: { country: "DE" } } },
    });
  });

  test("lets somebody be tried, and says in or out and why", async () => {
    showWithPort();
    type("Check eligibility", "ida");
    fireEvent.click(await screen.findByRole("button", { name: /Ida/ }));
    await screen.findByText("Not eligible");
    expect(screen.getByText("doesn’t match targeting")).toBeTruthy();
  });

  test("rules that say more than the list can are edited as JSON, and nothing of them is lost", async () => {
    const userAttributes = { $nor: [{ country: "FR" }] };
    const onSave = showWithPort(anExperiment({ status: "draft" }, { targetingRules: { userAttributes } }));
    expect(JSON.parse(field("Attributes").value)).toEqual(userAttributes);
    type(/^Name\*?$/, "Renamed");
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave.mock.calls[0]?.[0]).toMatchObject({ patch: { name: "Renamed" } });
  });

  test("a condition that cannot be is refused at its field", async () => {
    const onSave = showWithPort(
      anExperiment(
        { status: "draft" },
        { targetingRules: { userAttributes: { $nor: [{ country: "FR" }] } } },
      ),
    );
    type("Attributes", '{ "age": { "$bigger": 5 } }');
    press("Save changes");
    await waitFor(() => expect(errorsOf(field("Attributes"))).toContain("$bigger"));
    expect(onSave).not.toHaveBeenCalled();
  });
});

describe("what is decided before the start", () => {
  test("metrics, the way to read them, schedule and groups are saved as the schema has them", async () => {
    const onSave = vi.fn<(save: Save) => Promise<SaveRefusal | null>>(async () => null);
    renderInEnglish(
      <MetricsProvider
        value={[
          { key: "upgrade", name: "Upgrades" },
          { key: "refunds", name: "Refunds" },
        ]}
      >
        <ExperimentForm
          onSave={onSave}
          navigate={vi.fn()}
          cancelHref="/experiments"
          experiment={anExperiment({ status: "draft" })}
        />
      </MetricsProvider>,
    );
    fireEvent.click(screen.getByRole("checkbox", { name: "Upgrades as secondary" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Refunds as guardrail" }));
    fireEvent.click(screen.getByRole("radio", { name: "Once, at the planned end (fixed horizon)" }));
    type("Target sample size", "4000");
    type("Pause", "2027-01-02T03:04");
    press("Add to group");
    type("Group name", "checkout");
    press("Save changes");
    await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
    expect(onSave.mock.calls[0]?.[0]).toMatchObject({
      patch: {
        metrics: { primary: null, secondary: ["upgrade"], guardrails: ["refunds"] },
        analysis: { mode: "fixed", plannedSubjects: 4000, minimumRuntimeDays: 7 },
        schedule: { startAt: null, stopAt: new Date(2027, 0, 2, 3, 4).toISOString() },
        exclusionGroups: [{ name: "checkout", ranges: [{ from: 0, to: 50 }] }],
      },
    });
  });

  test("is frozen once it runs", () => {
    show({ experiment: anExperiment() });
    expect(field("Target sample size").disabled).toBe(true);
    expect(field("Start").disabled).toBe(true);
    expect(field("Pause").disabled).toBe(false);
  });
});
