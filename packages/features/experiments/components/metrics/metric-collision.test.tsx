import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { metricDefinitionSchema, type NewMetric } from "../../types/metric-catalog";
import type { SaveRefusal } from "../form/useExperimentEditing";
import { renderInEnglish } from "../testing/in-english";
import { MetricForm } from "./MetricForm";
import { emptyMetric, toMetricValues } from "./metric-form-model";
import { rebaseMetric } from "./rebase-metric";
import type { PresentMetric } from "./useMetricEditing";

afterEach(cleanup);

const paid = (changes: object = {}): PresentMetric => ({
  key: "paid",
  description: "",
  definition: metricDefinitionSchema.parse({
    kind: "mean",
    name: "Paid",
    source: { from: "events", events: ["paid"], take: "value" },
    ...changes,
  }),
});

const stale: SaveRefusal = {
  code: "stale_version",
  message: "Grace changed Paid in the meantime. Nothing was saved. Look at the new state, then try again.",
  changed: "Grace changed Paid in the meantime.",
  issues: [],
};

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const field = (label: RegExp | string) => screen.getByLabelText<HTMLInputElement>(label);

async function collide(now: PresentMetric | null) {
  const onSubmit = vi.fn<(metric: NewMetric) => Promise<SaveRefusal | null>>(async () => null);
  onSubmit.mockResolvedValueOnce(stale);
  renderInEnglish(
    <MetricForm
      initial={toMetricValues(paid())}
      sources={[]}
      isVersion
      submitLabel="Save new version"
      onSubmit={onSubmit}
      loadCurrent={async () => now}
    />,
  );
  fireEvent.change(field(/^Name/), { target: { value: "Paid amount" } });
  press("Save new version");
  await screen.findByText(/^Grace changed Paid in the meantime\./);
  return onSubmit;
}

const alert = () => screen.getByText(stale.changed ?? "").closest<HTMLElement>("[data-slot=alert]");
const saveButton = () => screen.getByRole<HTMLButtonElement>("button", { name: "Save new version" });

test("whoever saves a version later sees who changed what, and where both did, before anything can be saved", async () => {
  await collide(paid({ name: "Paid in total", winsorize: { value: 500 } }));
  expect(alert()?.dataset.tone).toBe("warning");
  expect(alert()?.textContent).toContain("Name: Current: Paid in total");
  expect(alert()?.textContent).toContain("Yours: Paid amount");
  expect(alert()?.textContent).toContain("Cap per participant: 500");
  expect(alert()?.textContent).not.toContain("Kind");
  expect(saveButton().disabled).toBe(true);
});

test("keeping mine saves mine on top of theirs", async () => {
  const onSubmit = await collide(paid({ winsorize: { value: 500 } }));
  expect(alert()?.textContent).toContain("Reapplying your changes keeps all of these.");
  press("Reapply my changes");
  await waitFor(() => expect(document.activeElement).toBe(saveButton()));
  press("Save new version");
  await waitFor(() => expect(onSubmit).toHaveBeenCalledTimes(2));
  expect(onSubmit.mock.lastCall?.[0].definition).toMatchObject({
    name: "Paid amount",
    winsorize: { value: 500 },
  });
});

test("discarding mine shows theirs", async () => {
  await collide(paid({ name: "Paid in total" }));
  press("Discard my changes");
  expect(field(/^Name/).value).toBe("Paid in total");
});

test("a change of what the form does not hold says that it does not matter here", async () => {
  await collide(paid());
  expect(alert()?.textContent).toContain("The other changes don’t affect the settings on this page.");
});

test("where the present state cannot be had, the refusal says all of it", async () => {
  await collide(null);
  expect(screen.getByRole("alert").textContent).toContain(stale.message);
  expect(saveButton().disabled).toBe(false);
});

test("a cap is kept or taken whole, with its kind", () => {
  const base = { ...emptyMetric, capBy: "value", cap: "500" } as const;
  const theirs = { ...base, capBy: "percentile", cap: "99" } as const;
  const mine = { ...base, cap: "400" };
  expect(rebaseMetric(base, mine, theirs)).toMatchObject({ capBy: "value", cap: "400" });
  expect(rebaseMetric(base, base, theirs)).toMatchObject({ capBy: "percentile", cap: "99" });
});
