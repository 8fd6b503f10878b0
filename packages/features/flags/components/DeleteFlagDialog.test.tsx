import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagSummary } from "../types";
import { DeleteFlagDialog } from "./DeleteFlagDialog";

afterEach(cleanup);

function ask(change: Partial<FlagSummary>, refusal: string | null = null) {
  const flag: FlagSummary = {
    slug: "new-booker",
    type: "RELEASE",
    version: 1,
    enabled: false,
    description: "",
    stale: false,
    unchangedDays: null,
    rollout: null,
    updatedAt: null,
    updatedBy: null,
    schedule: { planned: 0, dropped: 0, next: null },
    overrides: { on: 0, off: 0 },
    experiment: null,
    ...change,
  };
  const port = { onClose: vi.fn(), onDelete: vi.fn(async () => refusal) };
  renderInEnglish(<DeleteFlagDialog flag={flag} isOpen {...port} />);
  return { ...port, flag };
}
const press = () => fireEvent.click(screen.getByRole("button", { name: "Delete flag" }));

test("a flag that is off for everyone goes with one click", async () => {
  const { flag, onDelete, onClose } = ask({});
  press();
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(onDelete).toHaveBeenCalledExactlyOnceWith(flag);
});

test.each([
  ["is on", { enabled: true }],
  ["is on for some by an override", { overrides: { on: 1, off: 0 } }],
])("one that %s wants its key typed", (_, change) => {
  const { onDelete } = ask(change);
  press();
  expect(onDelete).not.toHaveBeenCalled();
  expect(screen.getByLabelText("Type new-booker to delete it")).toBeTruthy();
});

test("a refusal stays in the dialog", async () => {
  const { onClose } = ask({}, "Somebody uses it.");
  press();
  await screen.findByText("Somebody uses it.");
  expect(onClose).not.toHaveBeenCalled();
});
