import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagPage, FlagSummary } from "../types";
import { FlagAdminList, type FlagAdminListProps } from "./FlagAdminList";

afterEach(cleanup);

function aFlag(change: Partial<FlagSummary> = {}): FlagSummary {
  return {
    slug: "new-booker",
    type: "RELEASE",
    version: 1,
    enabled: false,
    description: "The booking page rewritten",
    stale: false,
    unchangedDays: null,
    rollout: null,
    updatedAt: new Date("2026-11-03T10:00:00Z"),
    updatedBy: { id: 1, name: "Ada" },
    schedule: { planned: 0, dropped: 0, next: null },
    overrides: { on: 0, off: 0 },
    experiment: null,
    ...change,
  };
}

const experiment = (change: Partial<FlagSummary["experiment"]> = {}) =>
  aFlag({
    slug: "upgrade-button-test",
    description: "",
    type: "EXPERIMENT",
    enabled: true,
    experiment: { name: "Upgrade button", status: "running", damage: null, ...change },
  });

function show(
  state: FlagAdminListProps["state"],
  query = { search: "", onlyStale: false, onlyScheduled: false, page: 1 },
) {
  const props = {
    onQueryChange: vi.fn(),
    onEnabledChange: vi.fn(),
    onStaleChange: vi.fn(),
    onAssign: vi.fn(),
    onRollout: vi.fn(),
    onSchedule: vi.fn(),
    onConfigure: vi.fn(),
    onConvert: vi.fn(),
    onDelete: vi.fn(),
    onCreate: vi.fn(),
  };
  renderInEnglish(
    <FlagAdminList
      state={state}
      query={query}
      experimentHref={(slug) => `/experiments/${slug}`}
      {...props}
    />,
  );
  return props;
}
const pageOf = (items: FlagSummary[], change: Partial<FlagPage> = {}) => ({
  status: "ready" as const,
  isOutdated: false,
  abilities: { areOwn: true, areManaged: true, areAssigned: true },
  items,
  total: items.length,
  overall: items.length,
  page: 1,
  ...change,
});
const showFlags = (...flags: FlagSummary[]) => show(pageOf(flags));

test("flags with a schedule say what happens next and what was dropped, lead to it, and can be shown alone", () => {
  const next = { at: new Date("2031-01-01T08:00:00Z"), change: { kind: "on" as const } };
  const { onSchedule, onQueryChange } = show(
    pageOf([
      aFlag({ schedule: { planned: 3, dropped: 0, next } }),
      aFlag({ slug: "dropped", schedule: { planned: 0, dropped: 1, next: null } }),
    ]),
  );
  const badge = screen.getByRole("button", { name: /^Turn on: 1 Jan 2031, .*\s· 2 more$/ });
  fireEvent.click(badge);
  expect(onSchedule).toHaveBeenLastCalledWith(expect.objectContaining({ slug: "new-booker" }));
  screen.getByRole("button", { name: "1 scheduled change canceled" });
  // Before somebody switches it by hand.
  expect(screen.getByRole("switch", { name: "new-booker, for everyone" }).title).toBe(
    "Turn on for everyone. Cancels 3 scheduled changes.",
  );
  fireEvent.click(screen.getByRole("button", { name: "Scheduled only" }));
  expect(onQueryChange).toHaveBeenLastCalledWith({ onlyScheduled: true, page: 1 });
});

test("the switch is named after whom it switches", () => {
  const share = { percentage: 20, unit: "user" } as const;
  showFlags(aFlag({ enabled: true, rollout: share }));
  screen.getByRole("switch", { name: "new-booker, for 20% of users" });
});

test("overrides are named by the value that they set, which is “stopped” of a kill switch", () => {
  showFlags(aFlag({ type: "KILL_SWITCH", overrides: { on: 2, off: 1 } }));
  screen.getByText(/^2 overrides: stopped\s· 1 override: off$/);
});

describe("stale flags", () => {
  const forgotten = aFlag({ unchangedDays: 94 });

  test("what nobody has changed for long says since when", () => {
    showFlags(forgotten, aFlag({ slug: "old-mail", enabled: true, unchangedDays: 200 }));
    screen.getByText("Unchanged for 94 days");
    screen.getByText("Unchanged for 200 days");
  });

  test("one that is marked says that alone", () => {
    showFlags(aFlag({ ...forgotten, stale: true }));
    screen.getByText("Stale");
    expect(screen.queryByText(/Unchanged for/)).toBeNull();
  });

  test("can be shown alone, from the first page on, and all of them again", () => {
    const { onQueryChange } = showFlags(forgotten);
    const button = screen.getByRole("button", { name: "Stale only" });
    expect(button.getAttribute("aria-pressed")).toBe("false");
    fireEvent.click(button);
    expect(onQueryChange).toHaveBeenLastCalledWith({ onlyStale: true, page: 1 });
    cleanup();
    const none = show(pageOf([], { overall: 3 }), {
      search: "",
      onlyStale: true,
      onlyScheduled: false,
      page: 1,
    });
    screen.getByText("No stale flags");
    fireEvent.click(screen.getByRole("button", { name: "Show all flags" }));
    expect(none.onQueryChange).toHaveBeenLastCalledWith({
      search: "",
      onlyStale: false,
      onlyScheduled: false,
      page: 1,
    });
  });
});

describe("what is shown", () => {
  test("flags stand in groups by type, kill switches first, and a type without flags has none", () => {
    showFlags(aFlag(), aFlag({ slug: "stop-emails", type: "KILL_SWITCH" }), experiment());
    const headings = screen.getAllByRole("heading", { level: 2 }).map(({ textContent }) => textContent);
    expect(headings).toEqual(["Kill switches", "Releases", "Experiments"]);
    const releases = screen.getByRole("region", { name: "Releases" });
    expect(within(releases).getAllByRole("listitem")).toHaveLength(1);
    expect(within(releases).getByText("new-booker")).toBeTruthy();
  });

  test("stale flags are marked, and how many differ is counted", () => {
    showFlags(aFlag({ stale: true, overrides: { on: 2, off: 1 } }));
    expect(screen.getByText("Stale")).toBeTruthy();
    expect(screen.getAllByText("2 overrides: on · 1 override: off").length).toBeGreaterThan(0);
  });

  const stateOf = (flag: FlagSummary) => {
    cleanup();
    showFlags(flag);
    return screen.getByRole("listitem").querySelector<HTMLElement>("[data-slot=status-dot]");
  };

  test("a row says once whether the flag is on, and for whom", () => {
    const share = { percentage: 10, unit: "user" as const };
    expect(stateOf(aFlag())?.textContent).toBe("Off");
    expect(stateOf(aFlag({ enabled: true }))?.textContent).toBe("On for everyone");
    expect(stateOf(aFlag({ enabled: true, rollout: share }))?.textContent).toBe("On for 10% of users");
    expect(screen.getAllByText(/10% of users/)).toHaveLength(1);
    expect(stateOf(aFlag({ rollout: share }))?.textContent).toBe("Off");
    expect(screen.getByText("When turned on: 10% of users")).toBeTruthy();
    expect(screen.getByRole("switch").title).toBe("Turn on for 10% of users");
  });

  test("an experiment that is turned off beyond its status says so, and one that is off says it once", () => {
    const flag = { isOn: false, areRowsOpen: false };
    expect(stateOf(experiment({ status: "concluded", flag }))?.textContent).toBe("Concluded, turned off");
    expect(stateOf(experiment({ status: "off", flag }))?.textContent).toBe("Turned off");
    expect(stateOf(experiment({ status: "concluded" }))?.textContent).toBe("Concluded");
  });

  test("a row says that nobody has an override, as it says how many have one", () => {
    showFlags(aFlag());
    expect(screen.getByText("No overrides")).toBeTruthy();
  });

  test("a kill switch that has stopped something looks like neither an error nor what is on", () => {
    const rollout = { percentage: 20, unit: "user" } as const;
    const looks = [
      { enabled: true, type: "KILL_SWITCH" } as const,
      { enabled: true, type: "KILL_SWITCH", rollout } as const,
      { enabled: false, type: "KILL_SWITCH" } as const,
      { enabled: true },
      { enabled: true, rollout },
    ].map((change) => {
      cleanup();
      const state = stateOf(aFlag(change));
      return [state?.textContent, state?.dataset.tone, state?.dataset.shape];
    });
    expect(looks).toEqual([
      ["Stopped for everyone", "warning", "stop"],
      ["Stopped for 20% of users", "warning", "stop"],
      ["Off", "muted", "ring"],
      ["On for everyone", "success", "full"],
      ["On for 20% of users", "success", "half"],
    ]);
  });

  test("the switch of a kill switch that is on has another colour than those of flags that are on", () => {
    const colourOf = (change: Partial<FlagSummary>) => {
      cleanup();
      showFlags(aFlag(change));
      return /\[state=checked\]:(bg-\S+)/.exec(screen.getByRole("switch").className)?.[1];
    };
    expect(colourOf({ type: "KILL_SWITCH", enabled: true })).toBe("bg-warning");
    expect(colourOf({ enabled: true })).toBe("bg-primary-solid");
  });

  test("while loading, and after a failure, there is no list; trying again is offered", () => {
    show({ status: "loading" });
    expect(screen.getByRole("status", { name: "Loading flags" })).toBeTruthy();
    expect(screen.queryByRole("switch")).toBeNull();
    cleanup();
    const onRetry = vi.fn();
    show({ status: "error", message: "Only administrators may do this.", onRetry });
    expect(screen.getByRole("alert").textContent).toContain("Only administrators may do this.");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  test("without any flag, the list says what a flag is good for and makes one", () => {
    const { onCreate } = showFlags();
    expect(screen.getByText("No flags yet")).toBeTruthy();
    expect(screen.queryByRole("searchbox")).toBeNull();
    const [, inTheMiddle] = screen.getAllByRole("button", { name: "New flag" });
    if (inTheMiddle) fireEvent.click(inTheMiddle);
    expect(onCreate).toHaveBeenCalledOnce();
  });

  test("what is typed is searched for from the first page on, and clearing brings all back", async () => {
    const { onQueryChange } = show(pageOf([], { overall: 5_000 }), {
      search: "upgrade",
      onlyStale: false,
      onlyScheduled: false,
      page: 1,
    });
    expect(screen.getByText("0 of 5,000")).toBeTruthy();
    expect(screen.getByText("No flags found")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Clear search" }));
    expect(onQueryChange).toHaveBeenLastCalledWith({
      search: "",
      onlyStale: false,
      onlyScheduled: false,
      page: 1,
    });
    fireEvent.change(screen.getByRole("searchbox"), { target: { value: "upgrade page" } });
    await waitFor(() => expect(onQueryChange).toHaveBeenLastCalledWith({ search: "upgrade page", page: 1 }));
  });

  test("many flags come by the page", () => {
    const { onQueryChange } = show(pageOf([aFlag()], { total: 5_000, overall: 5_000, page: 2 }));
    expect(screen.getByText("51–100 of 5,000")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Next" }));
    expect(onQueryChange).toHaveBeenCalledWith({ page: 3 });
  });
});

describe("what can be done", () => {
  test("the switch asks for the state that it shows next", () => {
    const on = aFlag({ enabled: true });
    const { onEnabledChange } = showFlags(on);
    const control = screen.getByRole("switch", { name: "new-booker, for everyone" });
    expect(control.getAttribute("aria-checked")).toBe("true");
    fireEvent.click(control);
    expect(onEnabledChange).toHaveBeenCalledWith(on, false);
  });

  test("the menu marks and unmarks stale, and deletes", async () => {
    const flag = aFlag({ stale: true });
    const { onStaleChange, onDelete } = showFlags(flag);
    const menu = screen.getByRole("button", { name: "More actions for new-booker" });
    fireEvent.keyDown(menu, { key: "Enter" });
    fireEvent.click(await screen.findByRole("menuitem", { name: "Unmark as stale" }));
    expect(onStaleChange).toHaveBeenCalledWith(flag, false);
    fireEvent.keyDown(menu, { key: "Enter" });
    fireEvent.click(await screen.findByRole("menuitem", { name: "Delete flag" }));
    expect(onDelete).toHaveBeenCalledWith(flag);
  });

  test("an experiment shows its status and its settings, and has no switch, no menu and no assignment", () => {
    const flag = experiment({ status: "paused" });
    const { onConfigure } = showFlags(flag);
    const item = screen.getByRole("listitem");
    expect(within(item).getByText("Paused")).toBeTruthy();
    expect(within(item).queryByRole("switch")).toBeNull();
    expect(within(item).getByRole("link", { name: "Upgrade button" }).getAttribute("href")).toBe(
      "/experiments/upgrade-button-test",
    );
    expect(within(item).getAllByRole("button")).toHaveLength(1);
    fireEvent.click(within(item).getByRole("button", { name: "Configure Upgrade button" }));
    expect(onConfigure).toHaveBeenCalledWith(flag);
  });

  test("an experiment that was a flag has its switch, and its people as long as they count", () => {
    const flag = experiment({ status: "draft", flag: { isOn: true, areRowsOpen: true } });
    const { onEnabledChange, onAssign } = showFlags(flag);
    fireEvent.click(screen.getByRole("switch", { name: "upgrade-button-test, for everyone" }));
    expect(onEnabledChange).toHaveBeenCalledWith(flag, false);
    fireEvent.click(screen.getByRole("button", { name: "See or set who has upgrade-button-test" }));
    expect(onAssign).toHaveBeenCalledWith(flag);
    cleanup();
    showFlags(experiment({ status: "off", flag: { isOn: false, areRowsOpen: false } }));
    expect(screen.getByRole("switch").getAttribute("aria-checked")).toBe("false");
    expect(screen.queryByRole("button", { name: /Assign/ })).toBeNull();
  });

  test("a damaged experiment says what is wrong, and cannot be configured", () => {
    const { onConfigure } = showFlags(experiment({ damage: "The stored configuration cannot be read." }));
    expect(screen.getByText("The stored configuration cannot be read.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Configure Upgrade button" }));
    expect(onConfigure).not.toHaveBeenCalled();
  });
});
