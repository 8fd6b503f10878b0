import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagSummary } from "../types";
import { RolloutDialog } from "./RolloutDialog";

afterEach(cleanup);

const flag: FlagSummary = {
  slug: "new-booker",
  type: "RELEASE",
  version: 1,
  enabled: true,
  description: "",
  stale: false,
  unchangedDays: null,
  updatedAt: new Date("2026-11-03T10:00:00Z"),
  updatedBy: null,
  rollout: null,
  schedule: { planned: 0, dropped: 0, next: null },
  overrides: { on: 0, off: 0 },
  experiment: null,
};

function show(changes: Partial<FlagSummary> = {}, refusal: string | null = null, changed?: string) {
  const onClose = vi.fn();
  const onRollOut = vi.fn(async () => (refusal === null ? null : { message: refusal, field: null, changed }));
  renderInEnglish(<RolloutDialog flag={{ ...flag, ...changes }} isOpen {...{ onClose, onRollOut }} />);
  const type = (share: string) => fireEvent.change(screen.getByRole("textbox"), { target: { value: share } });
  const save = () => fireEvent.click(screen.getByRole("button", { name: "Save rollout" }));
  return { onClose, onRollOut, type, save };
}

describe("the dialog of a rollout", () => {
  test("stores a share of users or of teams, written with a point or a comma, and closes", async () => {
    const { onClose, onRollOut, type, save } = show();
    type("12,5");
    fireEvent.click(screen.getByRole("radio", { name: "Teams" }));
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRollOut).toHaveBeenCalledWith(flag, { percentage: 12.5, unit: "team" });
  });

  test("begins with what is stored, and takes a hundred for everyone", async () => {
    const rollout = { percentage: 25, unit: "team" as const };
    const { onClose, onRollOut, type, save } = show({ rollout });
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("25");
    expect(screen.getByRole("radio", { name: "Teams" }).getAttribute("aria-checked")).toBe("true");
    type("100 %");
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRollOut).toHaveBeenCalledWith({ ...flag, rollout }, null);
  });

  test.each([
    ["", "Enter a number."],
    ["many", "Enter a number."],
    ["0", "Enter a share above 0, or turn the flag off."],
    ["101", "A share can’t exceed 100%."],
    ["1.234", "Use at most two decimal places."],
  ])("refuses %o at its field, with the focus there", (share, message) => {
    const { onRollOut, type, save } = show();
    type(share);
    save();
    expect(screen.getByText(message)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("textbox"));
    expect(onRollOut).not.toHaveBeenCalled();
  });

  test("stays open with what the server refuses, and says where the flag is off", async () => {
    const { onClose, save } = show({ enabled: false }, "There is no flag new-booker. Reload the list.");
    screen.getByText("This flag is off. The rollout applies once you turn it on.");
    save();
    await screen.findByText("There is no flag new-booker. Reload the list.");
    expect(onClose).not.toHaveBeenCalled();
  });

  test("says who changed it in the meantime, and that it has to be opened anew", async () => {
    const changed = "Grace changed the rollout of new-booker in the meantime.";
    const { save } = show({}, "Refused.", changed);
    save();
    const alert = (await screen.findByText(changed)).closest("[data-slot=alert]");
    expect(alert?.textContent).toContain("Nothing was saved. Close this dialog");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save rollout" }).disabled).toBe(true);
  });
});
