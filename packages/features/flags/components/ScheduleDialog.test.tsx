import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { inEnglish, renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagSummary, ScheduledChange } from "../types";
import type { FlagRefusal } from "./CreateFlagDialog";
import { ScheduleDialog, type ScheduleState } from "./ScheduleDialog";

afterEach(cleanup);

const flag: FlagSummary = {
  slug: "new-booker",
  type: "RELEASE",
  version: 1,
  enabled: false,
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

const aChange = (change: Partial<ScheduledChange> = {}): ScheduledChange => ({
  id: 1,
  version: 3,
  at: new Date("2031-01-01T08:00:00Z"),
  change: { kind: "on" },
  plannedBy: { id: 7, name: "Ada" },
  dropped: null,
  ...change,
});

function show(
  changes: ScheduledChange[],
  { refusal = null, ...change }: Partial<FlagSummary> & { refusal?: FlagRefusal | null } = {},
  state: ScheduleState = { status: "ready", changes },
) {
  const props = { onClose: vi.fn(), onPlan: vi.fn(async () => refusal), onRemove: vi.fn() };
  renderInEnglish(<ScheduleDialog hasShares flag={{ ...flag, ...change }} isOpen state={state} {...props} />);
  return props;
}

const time = () => screen.getByLabelText<HTMLInputElement>("Date and time");
const plan = (name = "Schedule change") => fireEvent.click(screen.getByRole("button", { name }));
const choose = (name: string) => fireEvent.click(screen.getByRole("radio", { name }));

describe("the schedule of a flag", () => {
  test("plans a change at the time that was typed, in the viewer's zone, and sends it in UTC", async () => {
    const { onPlan } = show([]);
    screen.getByText("Nothing is scheduled.");
    fireEvent.change(time(), { target: { value: "2031-01-01T09:30" } });
    plan();
    await waitFor(() =>
      expect(onPlan).toHaveBeenCalledWith({
        id: undefined,
        at: new Date("2031-01-01T09:30").toISOString(),
        change: { kind: "on" },
      }),
    );
    // Ready for the next one.
    await waitFor(() => expect(time().value).toBe(""));
  });

  test("sets a share of users or teams", async () => {
    const { onPlan } = show([]);
    choose("Set share");
    fireEvent.change(screen.getByLabelText("Percentage"), { target: { value: "12,5" } });
    choose("Teams");
    fireEvent.change(time(), { target: { value: "2031-01-01T09:30" } });
    plan();
    await waitFor(() =>
      expect(onPlan).toHaveBeenCalledWith(
        expect.objectContaining({ change: { kind: "rollout", rollout: { percentage: 12.5, unit: "team" } } }),
      ),
    );
  });

  test("its buttons stand below what scrolls, and a refusal of no field comes into view", async () => {
    const scrollIntoView = vi.fn();
    Element.prototype.scrollIntoView = scrollIntoView;
    show([aChange()], { refusal: { message: "It was edited in the meantime.", field: null } });
    const button = screen.getByRole("button", { name: "Schedule change" });
    expect(button.closest("[data-slot=dialog-body]")).toBeNull();
    expect(time().closest("[data-slot=dialog-body]")).not.toBeNull();
    fireEvent.change(time(), { target: { value: "2031-01-01T09:30" } });
    plan();
    await screen.findByText("It was edited in the meantime.");
    expect(scrollIntoView).toHaveBeenCalled();
    Reflect.deleteProperty(Element.prototype, "scrollIntoView");
  });

  test("says who changed the schedule in the meantime, and takes a second try for a change of the new state", async () => {
    const changed = "Grace changed the schedule of new-booker in the meantime.";
    const onPlan = vi.fn(async (): Promise<FlagRefusal | null> => null);
    onPlan.mockResolvedValueOnce({ message: "Refused.", field: null, changed });
    const theirs = aChange({ version: 4, plannedBy: { id: 8, name: "Grace" } });
    const dialog = (version: ScheduledChange) => (
      <ScheduleDialog
        hasShares
        flag={flag}
        isOpen
        state={{ status: "ready", changes: [version] }}
        onClose={vi.fn()}
        onPlan={onPlan}
        onRemove={vi.fn()}
      />
    );
    const { rerender } = renderInEnglish(dialog(aChange()));
    fireEvent.click(screen.getByRole("button", { name: /^Edit/ }));
    plan("Save change");
    const alert = (await screen.findByText(changed)).closest<HTMLElement>("[data-slot=alert]");
    expect(alert?.dataset.tone).toBe("warning");
    expect(alert?.textContent).toContain("Nothing was saved. The new state is shown now.");
    rerender(inEnglish(dialog(theirs)));
    plan("Save change");
    await waitFor(() => expect(onPlan).toHaveBeenCalledTimes(2));
    expect(onPlan.mock.calls.map(([planned]: unknown[]) => planned)).toMatchObject([
      { seen: { id: 1, version: 3 } },
      { seen: { id: 1, version: 4 } },
    ]);
  });

  test("refuses what is missing or out of range at its field, with the focus there", () => {
    const { onPlan } = show([]);
    plan();
    screen.getByText("Choose a date and time.");
    expect(document.activeElement).toBe(time());
    choose("Set share");
    fireEvent.change(screen.getByLabelText("Percentage"), { target: { value: "0" } });
    fireEvent.change(time(), { target: { value: "2031-01-01T09:30" } });
    plan();
    screen.getByText("Enter a share above 0, or turn the flag off.");
    expect(document.activeElement).toBe(screen.getByLabelText("Percentage"));
    expect(onPlan).not.toHaveBeenCalled();
  });

  test("shows what the server refuses at its field, and keeps what was typed", async () => {
    show([], { refusal: { message: "This time has passed. Choose a later one.", field: "at" } });
    fireEvent.change(time(), { target: { value: "2020-01-01T09:30" } });
    plan();
    await screen.findByText("This time has passed. Choose a later one.");
    expect(time().value).toBe("2020-01-01T09:30");
  });

  test("says what happens, when and by whom, and lets it be changed or removed", async () => {
    const change = aChange({ change: { kind: "rollout", rollout: { percentage: 10, unit: "user" } } });
    const { onPlan, onRemove } = show([change]);
    const item = screen.getByRole("listitem");
    expect(item.textContent).toContain("Set share to 10% of users");
    expect(item.textContent).toMatch(/1 Jan 2031, .*\s· Ada/);
    fireEvent.click(within(item).getByRole("button", { name: /^Edit: Set share to 10% of users/ }));
    expect(time().value).not.toBe("");
    choose("Turn off");
    plan("Save change");
    await waitFor(() =>
      expect(onPlan).toHaveBeenCalledWith({
        seen: { id: 1, version: 3 },
        at: change.at.toISOString(),
        change: { kind: "off" },
      }),
    );
    fireEvent.click(within(item).getByRole("button", { name: /^Remove: / }));
    expect(onRemove).toHaveBeenCalledWith(change);
  });

  test("marks the change that is edited, and says what the form is for", () => {
    const { onClose } = show([aChange(), aChange({ id: 2, change: { kind: "off" } })]);
    const [first, second] = screen.getAllByRole("listitem");
    screen.getByRole("heading", { name: "New change" });
    fireEvent.click(within(second as HTMLElement).getByRole("button", { name: /^Edit: Turn off/ }));
    screen.getByRole("heading", { name: "Edit change" });
    expect(second?.getAttribute("aria-current")).toBe("true");
    expect(second?.textContent).toMatch(/· Ada\s· editing/);
    expect(first?.hasAttribute("aria-current")).toBe(false);
    fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
    screen.getByRole("heading", { name: "New change" });
    expect(onClose).not.toHaveBeenCalled();
    for (const close of screen.getAllByRole("button", { name: "Close" })) fireEvent.click(close);
    expect(onClose).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["switched", "the flag was switched by hand."],
    ["converted", "the flag became an experiment."],
    ["not_allowed", "the person who scheduled it is no longer an app administrator."],
  ] as const)("of what was dropped because %s, says so, and offers to plan it again", (reason, words) => {
    show([aChange({ plannedBy: null, dropped: { reason, at: new Date("2026-11-30T10:00:00Z") } })]);
    const item = screen.getByRole("listitem");
    expect(item.textContent).toMatch(new RegExp(`Canceled on 30 Nov 2026, .*: ${words}`));
    expect(item.textContent).toContain("a deleted account");
    within(item).getByRole("button", { name: /^Schedule again: / });
  });

  test("of an experiment shows what was dropped, and plans nothing", () => {
    const dropped = { reason: "converted", at: new Date("2026-11-30T10:00:00Z") } as const;
    show([aChange({ dropped })], {
      type: "EXPERIMENT",
      experiment: { name: "Booker", status: "draft", damage: null },
    });
    expect(screen.queryByRole("button", { name: "Schedule change" })).toBeNull();
    expect(screen.queryByRole("button", { name: /^Schedule again/ })).toBeNull();
    screen.getByRole("button", { name: /^Remove: / });
  });

  test("of a kill switch says that it can be pulled at any moment, and what becomes of the plan", () => {
    show([], { type: "KILL_SWITCH" });
    screen.getByText(/You can still use this switch at any time. Doing so cancels its scheduled changes./);
  });

  test("has its own states while loading and after a failure", () => {
    const onRetry = vi.fn();
    show([], {}, { status: "error", message: "The database isn’t responding.", onRetry });
    screen.getByText("The database isn’t responding.");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalled();
    expect(screen.queryByRole("button", { name: "Schedule change" })).toBeNull();
  });
});
