import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { metricDefinitionSchema, type NewMetric, newMetricSchema } from "../../types/metric-catalog";
import type { OfferedSource } from "../../types/metric-views";
import type { SaveRefusal } from "../form/useExperimentEditing";
import { renderInEnglish } from "../testing/in-english";
import { MetricForm } from "./MetricForm";
import { emptyMetric, type MetricValues, toCandidate, toMetricValues } from "./metric-form-model";

afterEach(cleanup);

const sources: OfferedSource[] = [
  {
    key: "bookings",
    name: "Bookings",
    units: ["user"],
    values: [{ key: "minutes", name: "Minutes", currency: null }],
    filters: [
      { key: "minutes", name: "Minutes", type: "number" },
      { key: "paid", name: "Paid", type: "boolean" },
      { key: "type", name: "Type", type: "text" },
    ],
  },
];

function show(initial: Partial<MetricValues> = {}, answer: SaveRefusal | null = null) {
  const onSubmit = vi.fn<(metric: NewMetric) => Promise<SaveRefusal | null>>(async () => answer);
  renderInEnglish(
    <MetricForm
      initial={{ ...emptyMetric, ...initial }}
      sources={sources}
      isVersion={false}
      submitLabel="Create metric"
      onSubmit={onSubmit}
    />,
  );
  return onSubmit;
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const type = (label: RegExp | string, value: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value } });

describe("the key of a metric that is made", () => {
  const key = () => screen.getByLabelText(/^Key/);
  const said = () =>
    (key().getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent);
  const hint =
    "Lowercase letters and digits, joined by -, _ or a period, such as paid-bookings. Shown below the name and in exports. It can’t be changed later.";

  test("is explained before it is typed: its form, where it shows, and that it stays", () => {
    show();
    expect(said()).toEqual([hint]);
  });

  test.each([
    ["", "Enter a key."],
    ["Paid Bookings", "Use lowercase letters and digits, joined by -, _ or a period, such as paid-bookings."],
    ["event:paid", "Use lowercase letters and digits, joined by -, _ or a period, such as paid-bookings."],
    ["a".repeat(81), "Use at most 80 characters."],
  ])("that is refused (%j) says which rule it breaks", async (typed, rule) => {
    show({ name: "Paid bookings", key: typed });
    press("Create metric");
    await waitFor(() => expect(said()).toEqual([rule, hint]));
    expect(key().getAttribute("aria-invalid")).toBe("true");
  });
});

describe("a metric that is made", () => {
  test("of events is a name and one event, and its key follows the name", async () => {
    const onSubmit = show();
    type(/^Name/, "Größere Buchung");
    const events = screen.getByLabelText(/^Events/);
    fireEvent.change(events, { target: { value: "booked" } });
    fireEvent.keyDown(events, { key: "Enter" });
    press("Create metric");
    await waitFor(() => expect(onSubmit).toHaveBeenCalledOnce());
    expect(onSubmit.mock.calls[0]?.[0]).toEqual(
      newMetricSchema.parse({
        key: "grossere-buchung",
        definition: {
          kind: "conversion",
          name: "Größere Buchung",
          source: { from: "events", events: ["booked"] },
        },
      }),
    );
  });

  test("asks for its key directly under its name", () => {
    show();
    const fields = screen.getAllByRole("textbox");
    expect(fields.slice(0, 2)).toEqual([screen.getByLabelText(/^Name/), screen.getByLabelText(/^Key/)]);
  });

  test("is refused at its first field, which has the focus, and nothing is sent", async () => {
    const onSubmit = show();
    press("Create metric");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Name/)));
    expect(screen.getByText("Enter a name.")).toBeTruthy();
    expect(screen.getByText("Enter an event name.")).toBeTruthy();
    expect(onSubmit).not.toHaveBeenCalled();
  });

  test("says what the server refuses, at its field or as a whole", async () => {
    const counted = { ...emptyMetric.counted, events: ["booked"] };
    const taken = { path: "key", message: "The key paid is taken." };
    show({ name: "Paid", key: "paid", counted }, { code: null, message: taken.message, issues: [taken] });
    press("Create metric");
    await waitFor(() => expect(screen.getByLabelText(/^Key/).getAttribute("aria-invalid")).toBe("true"));
    cleanup();
    show({ name: "Paid", key: "paid", counted }, { code: null, message: "No connection.", issues: [] });
    press("Create metric");
    expect(await screen.findByText("No connection.")).toBeTruthy();
  });

  test("does not send the form that it stands in", async () => {
    const onOuter = vi.fn((event: { preventDefault: () => void }) => event.preventDefault());
    renderInEnglish(
      <div onSubmit={onOuter}>
        <MetricForm
          initial={emptyMetric}
          sources={sources}
          isVersion={false}
          submitLabel="Create metric"
          onSubmit={async () => null}
        />
      </div>,
    );
    press("Create metric");
    await screen.findByText("Enter a name.");
    expect(onOuter).not.toHaveBeenCalled();
  });

  test("takes no filter without a value", async () => {
    const filters = [{ filter: "minutes", operator: "at_least", constant: "" } as const];
    const onSubmit = show({
      name: "Long",
      key: "long",
      counted: { ...emptyMetric.counted, from: "bookings", filters: [...filters] },
    });
    press("Create metric");
    const row = await screen.findByRole("group", { name: "Filter 1" });
    expect(within(row).getByLabelText("Value").getAttribute("aria-invalid")).toBe("true");
    expect(onSubmit).not.toHaveBeenCalled();
  });
});

describe("what keeps chance small", () => {
  const counted = { ...emptyMetric.counted, from: "bookings", value: "minutes" };
  const mean: Partial<MetricValues> = { name: "Minutes", key: "minutes", kind: "mean", counted };

  test.each([
    ["percentile", "50", "Enter more than 50% and less than 100%."],
    ["percentile", "100", "Enter more than 50% and less than 100%."],
    ["percentile", "", "Enter a number."],
    ["value", "0", "Enter a number above 0."],
    ["value", "many", "Enter a number."],
  ] as const)("a cap by %s of %j is refused at its figure", async (capBy, cap, refusal) => {
    const onSubmit = show({ ...mean, capBy, cap });
    press("Create metric");
    expect(await screen.findByText(refusal)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Cap per participant")));
    expect(onSubmit).not.toHaveBeenCalled();
  });

  test.each(["0", "91", "1.5", "a week"])(
    "%s days before the exposure are refused at their figure",
    async (covariate) => {
      const onSubmit = show({ ...mean, covariate });
      press("Create metric");
      expect(await screen.findByText("Enter a whole number of days from 1 to 90.")).toBeTruthy();
      expect(onSubmit).not.toHaveBeenCalled();
    },
  );

  test("is asked of no metric that has none of it: events before the assignment, and ratios", () => {
    show({ ...mean, counted: { ...counted, from: "events" } });
    expect(screen.queryByLabelText(/CUPED/)).toBeNull();
    cleanup();
    show({ ...mean, kind: "ratio" });
    expect(screen.queryByLabelText(/CUPED/)).toBeNull();
    expect(screen.queryByLabelText("Cap per participant")).toBeNull();
    const covariate = { days: 7 };
    const source = { from: "events", events: ["paid"] };
    const refused = metricDefinitionSchema.safeParse({ kind: "conversion", name: "Paid", source, covariate });
    expect(refused.error?.issues.map(({ path }) => path.join("."))).toEqual(["covariate"]);
  });
});

test.each([
  {
    kind: "conversion",
    name: "Booked",
    minimumEffect: 0.055,
    source: { from: "events", events: ["a", "b"] },
  },
  {
    kind: "conversion",
    name: "Paid",
    source: {
      from: "source",
      source: "bookings",
      filters: [{ filter: "paid", operator: "is_not", constant: false }],
    },
  },
  {
    kind: "mean",
    name: "Value",
    direction: "decrease",
    source: { from: "events", events: ["paid"], take: "value" },
    winsorize: { value: 12.5 },
  },
  {
    kind: "mean",
    name: "Minutes",
    source: {
      from: "source",
      source: "bookings",
      value: "minutes",
      filters: [
        { filter: "minutes", operator: "at_least", constant: 30 },
        { filter: "type", operator: "is", constant: "30" },
      ],
    },
  },
  {
    kind: "mean",
    name: "Capped minutes",
    source: { from: "source", source: "bookings", value: "minutes" },
    winsorize: { percentile: 0.995 },
    covariate: { days: 14 },
  },
  {
    kind: "conversion",
    name: "Booked again",
    source: { from: "source", source: "bookings" },
    covariate: { days: 90 },
  },
  {
    kind: "ratio",
    name: "Each",
    numerator: { from: "source", source: "bookings", value: "minutes" },
    denominator: { from: "events", events: ["opened"] },
  },
] as const)("a version goes through the form and comes back as it was: $name", (input) => {
  const definition = metricDefinitionSchema.parse(input);
  const candidate = toCandidate(toMetricValues({ key: "k", description: "", definition }), sources);
  expect(newMetricSchema.parse(candidate).definition).toEqual(definition);
});
