import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagSubjectRow } from "../types";
import { AssignFeatureSheet, type AssignFeatureSheetProps } from "./AssignFeatureSheet";

// jsdom has no layout, so that what comes into view is said by the test.
let comeIntoView: () => void;
beforeEach(() => {
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(notify: (entries: { isIntersecting: boolean }[]) => void) {
        comeIntoView = () => notify([{ isIntersecting: true }]);
      }
      observe() {}
      disconnect() {
        comeIntoView = () => undefined;
      }
    },
  );
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function aSubject(change: Partial<FlagSubjectRow> = {}): FlagSubjectRow {
  return {
    kind: "user",
    id: 1,
    name: "Ida",
    detail: "ida@example.com",
    organizationName: null,
    isOrganization: false,
    override: "inherit",
    inherited: { enabled: true, source: "team" },
    ...change,
  };
}

const TENTH = { percentage: 10, unit: "user" } as const;

type Ready = Extract<AssignFeatureSheetProps["state"], { status: "ready" }>;
const ready = (items: FlagSubjectRow[], more: Ready["more"] = null): Ready => ({
  status: "ready",
  items,
  isOutdated: false,
  more,
});

function show(props: Partial<AssignFeatureSheetProps> = {}) {
  const calls = { onClose: vi.fn(), onQueryChange: vi.fn(), onOverrideChange: vi.fn() };
  renderInEnglish(
    <AssignFeatureSheet
      flag={{ slug: "new-booker", type: "RELEASE", enabled: false, rollout: null }}
      isOpen
      query={{ kind: "user", search: "", onlyOverridden: false }}
      state={ready([aSubject()])}
      {...calls}
      {...props}
    />,
  );
  return calls;
}

describe("the switch of each subject", () => {
  test("has three states, shows the one that holds, and asks for another", () => {
    const subject = aSubject();
    const { onOverrideChange } = show({ state: ready([subject]) });
    const states = screen.getByRole("radiogroup", { name: "Override for Ida" });
    const options = within(states).getAllByRole("radio");
    expect(options.map(({ textContent }) => textContent)).toEqual(["Inherit", "On", "Off"]);
    expect(options.map((option) => option.getAttribute("aria-checked"))).toEqual(["true", "false", "false"]);
    fireEvent.click(within(states).getByRole("radio", { name: "Off" }));
    expect(onOverrideChange).toHaveBeenCalledWith(subject, "off");
  });

  test("has the words of a kill switch, which stops a part of the product while it is on", () => {
    show({
      flag: { slug: "stop-mail", type: "KILL_SWITCH", enabled: false, rollout: null },
      state: ready([aSubject(), aSubject({ id: 2, override: "on" })]),
    });
    const [first, second] = screen.getAllByRole("listitem");
    const options = within(first ?? document.body).getAllByRole("radio");
    expect(options.map(({ textContent }) => textContent)).toEqual(["Inherit", "Stopped", "Off"]);
    expect(first?.textContent).toContain("Stopped (from team)");
    expect(second?.textContent).toContain("Stopped, set here");
  });

  test("says what inheriting comes to, and from where; or that the setting is its own; the default is said once, above", () => {
    show({
      state: ready([
        aSubject(),
        aSubject({ id: 2, inherited: { enabled: false, source: "global" } }),
        aSubject({ id: 3, override: "off" }),
      ]),
    });
    const items = screen.getAllByRole("listitem").map(({ textContent }) => textContent);
    expect(items[0]).toContain("On (from team)");
    expect(items[1]).toBe("Idaida@example.comInheritOnOff");
    expect(screen.getByRole("dialog").textContent?.match(/Default: Off\./g)).toHaveLength(1);
    expect(items[2]).toContain("Off, set here");
  });
});

describe("the list", () => {
  test("is asked for what was typed once the typing pauses, not for each letter", () => {
    vi.useFakeTimers();
    const { onQueryChange } = show();
    const search = screen.getByRole("searchbox");
    for (const value of ["i", "id", "ida"]) fireEvent.change(search, { target: { value } });
    expect(onQueryChange).not.toHaveBeenCalled();
    act(() => vi.advanceTimersByTime(300));
    expect(onQueryChange).toHaveBeenCalledOnce();
    expect(onQueryChange).toHaveBeenCalledWith({ search: "ida" });
  });

  test("can be that of the teams, and be narrowed to those with a setting", () => {
    const { onQueryChange } = show();
    fireEvent.click(screen.getByRole("radio", { name: "Teams" }));
    expect(onQueryChange).toHaveBeenCalledWith({ kind: "team" });
    fireEvent.click(screen.getByRole("checkbox", { name: "Only overrides" }));
    expect(onQueryChange).toHaveBeenCalledWith({ onlyOverridden: true });
  });

  test("loads the next page when its end comes into view, and once only while it is on its way", () => {
    const load = vi.fn();
    show({ state: ready([aSubject()], { isLoading: false, hasFailed: false, load }) });
    act(() => comeIntoView());
    expect(load).toHaveBeenCalledOnce();
    cleanup();
    load.mockClear();
    comeIntoView = () => undefined;
    show({ state: ready([aSubject()], { isLoading: true, hasFailed: false, load }) });
    act(() => comeIntoView());
    expect(load).not.toHaveBeenCalled();
  });

  test("a page that failed is said, and loaded again by hand only", () => {
    const load = vi.fn();
    comeIntoView = () => undefined;
    show({ state: ready([aSubject()], { isLoading: false, hasFailed: true, load }) });
    act(() => comeIntoView());
    expect(load).not.toHaveBeenCalled();
    expect(screen.getByRole("alert").textContent).toContain("Couldn’t load");
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(load).toHaveBeenCalledOnce();
  });

  test("without anybody, says why, and shows all again", () => {
    const query = { kind: "user", search: "zzz", onlyOverridden: true } as const;
    const { onQueryChange } = show({ query, state: ready([]) });
    expect(screen.getByText("No results")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Show all" }));
    expect(onQueryChange).toHaveBeenCalledWith({ search: "", onlyOverridden: false });
  });

  test("while loading and after a failure nobody is shown", () => {
    show({ state: { status: "loading" } });
    expect(screen.getByRole("status", { name: "Loading" })).toBeTruthy();
    cleanup();
    const onRetry = vi.fn();
    show({ state: { status: "error", message: "The server could not be reached.", onRetry } });
    expect(screen.getByText("The server could not be reached.")).toBeTruthy();
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
  });
});

test("where nothing is set here, the default is said too", () => {
  show({ onOverrideChange: null });
  expect(screen.getByRole("dialog").textContent).toContain("Default: Off. Your application reads");
});

test.each([
  ["off", {}, "Off. Overrides"],
  ["on for everyone", { enabled: true }, "On for everyone. Overrides"],
  ["on for some", { enabled: true, rollout: TENTH }, "On for 10% of users. Overrides"],
  ["a kill switch that is on", { type: "KILL_SWITCH", enabled: true }, "Stopped for everyone. Overrides"],
  [
    "one for some",
    { type: "KILL_SWITCH", enabled: true, rollout: TENTH },
    "Stopped for 10% of users. Overrides",
  ],
] as const)("a flag that is %s is said to be what its row in the list says", (_, change, said) => {
  show({ flag: { slug: "new-booker", type: "RELEASE", enabled: false, rollout: null, ...change } });
  expect(screen.getByRole("dialog").textContent).toContain(said);
});
