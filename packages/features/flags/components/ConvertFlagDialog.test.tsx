import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import { type ConversionDryRun, ConvertFlagDialog, type ConvertibleUnit } from "./ConvertFlagDialog";

afterEach(cleanup);

function show(
  dryRun: ConversionDryRun,
  refusal: { message: string; changed?: string } | null = null,
  unit: ConvertibleUnit = "user",
) {
  const onConvert = vi.fn(async () => refusal);
  const onUnitChange = vi.fn();
  renderInEnglish(
    <ConvertFlagDialog
      slug="new-booker"
      planned={0}
      isOpen
      onClose={vi.fn()}
      unit={unit}
      onUnitChange={onUnitChange}
      dryRun={dryRun}
      onConvert={onConvert}
    />,
  );
  return { onConvert, onUnitChange };
}
const confirm = () => screen.getByRole("button", { name: "Convert to an experiment" }) as HTMLButtonElement;
const ready = { status: "ready" as const, imported: { on: 2, off: 1 }, obstacle: null, version: 4 };

test("whom the flag has selected is told before anything happens, in the version that was looked at", async () => {
  const { onConvert, onUnitChange } = show(ready);
  expect(screen.getByText("On for 2 users, who will keep seeing treatment.")).toBeTruthy();
  expect(screen.getByText("Off for 1 user, who will keep seeing control.")).toBeTruthy();
  expect(
    screen.getByText(/They keep what they have, regardless of targeting, traffic and split/),
  ).toBeTruthy();
  expect(screen.getByText(/change the overrides until the start/)).toBeTruthy();
  expect(screen.getByText(/shows control to everyone, including those with an override/)).toBeTruthy();
  expect(screen.getByText("Randomization unit").tagName).toBe("LABEL");
  const unit = screen.getByRole("radiogroup", { name: "Randomization unit" });
  fireEvent.click(within(unit).getByRole("radio", { name: "Teams" }));
  expect(onUnitChange).toHaveBeenCalledWith("team");
  fireEvent.click(confirm());
  await waitFor(() => expect(onConvert).toHaveBeenCalledWith(4));
});

test("without overrides nobody is told apart", () => {
  show({ ...ready, imported: { on: 0, off: 0 } });
  expect(screen.getByText("The flag has no overrides: everyone will be randomized.")).toBeTruthy();
  expect(screen.getByText(/^Turning the experiment off shows control to everyone\. /)).toBeTruthy();
  expect(screen.queryByText(/including/)).toBeNull();
});

test.each([
  ["user", "Each user keeps their assigned variant."],
  ["team", "Each team keeps its assigned variant."],
] as const)("the hint is about the chosen unit: %s", (unit, hint) => {
  show(ready, null, unit);
  expect(screen.getByText(hint)).toBeTruthy();
});

test("an obstacle is said, and there is nothing to confirm", () => {
  show({ ...ready, obstacle: "new-booker is on for everybody." });
  expect(screen.getByText("new-booker is on for everybody.")).toBeTruthy();
  expect(confirm().disabled).toBe(true);
});

test("a refusal is shown where it was asked for", async () => {
  const changed = "Grace changed new-booker in the meantime.";
  show(ready, { message: "Refused.", changed });
  fireEvent.click(confirm());
  await screen.findByText(changed);
  screen.getByText("Nothing was saved. The new state is shown now. Look at it, then try again.");
  // The dialog has asked again by then.
  expect(confirm().disabled).toBe(false);
});
