// What another application has not left to the page is not offered on it, in the list and in each of its dialogs.
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import type { FlagAbilities, FlagSummary } from "../types";
import { AssignFeatureSheet } from "./AssignFeatureSheet";
import { FlagAdminList } from "./FlagAdminList";
import { ScheduleDialog } from "./ScheduleDialog";

afterEach(cleanup);

const OF_HOST: FlagAbilities = { areOwn: false, areManaged: false, areAssigned: false };
const flag: FlagSummary = {
  slug: "dark-mode",
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
  overrides: { on: 1, off: 0 },
  experiment: null,
};

function showList(abilities: FlagAbilities, items = [flag], isMounted = true) {
  const nothing = vi.fn();
  renderInEnglish(
    <FlagAdminList
      state={{
        status: "ready",
        isOutdated: false,
        abilities,
        items,
        total: items.length,
        overall: items.length,
        page: 1,
      }}
      query={{ search: "", onlyStale: false, onlyScheduled: false, page: 1 }}
      isMounted={isMounted}
      experimentHref={(slug) => `/experiments/${slug}`}
      {...{ onQueryChange: nothing, onEnabledChange: nothing, onStaleChange: nothing, onAssign: nothing }}
      {...{ onRollout: nothing, onSchedule: nothing, onConfigure: nothing, onConvert: nothing }}
      {...{ onDelete: nothing, onCreate: nothing }}
    />,
  );
}

function openActions(): (string | null)[] {
  fireEvent.keyDown(screen.getByRole("button", { name: "More actions for dark-mode" }), { key: "Enter" });
  return within(screen.getByRole("menu"))
    .getAllByRole("menuitem")
    .map(({ textContent }) => textContent);
}

test("of the application's own flags everything is offered that its code understands, and nothing else", () => {
  showList(OF_HOST);
  screen.getByText(/^Your application’s own flags/);
  screen.getByRole("switch", { name: "dark-mode, for everyone" });
  screen.getByRole("button", { name: "See who has dark-mode" });
  expect(screen.queryByRole("button", { name: "New flag" })).toBeNull();
  expect(openActions()).toEqual([
    "See who has it",
    "Schedule changes",
    "Mark as stale",
    "Convert to an experiment…",
  ]);
});

test("of flags that are asked for here everything is", () => {
  showList({ areOwn: true, areManaged: true, areAssigned: true });
  screen.getByText(/^Your application has no tables of its own for flags/);
  screen.getByRole("button", { name: "New flag" });
  expect(openActions()).toContain("Set rollout");
  cleanup();
  showList({ areOwn: false, areManaged: true, areAssigned: false });
  screen.getByText("What’s on for everyone, and who has an override.");
  expect(openActions()).toEqual(expect.arrayContaining(["See who has it", "Set rollout", "Delete flag"]));
});

test("here, where the tables are the application's, nothing is said of whose they are", () => {
  showList({ areOwn: true, areManaged: true, areAssigned: true }, [flag], false);
  screen.getByText("What’s on for everyone, and who has an override.");
});

test("without any flags the application's table is said to be empty", () => {
  showList(OF_HOST, []);
  screen.getByText(/^There are no flags in your application’s table/);
  expect(screen.queryByRole("button", { name: "New flag" })).toBeNull();
});

test("who has it is seen, with the reason, and not changed", () => {
  const inherited = { enabled: false, source: "global" } as const;
  const subject = { kind: "user", id: "a-1", name: "Ida", detail: "", organizationName: null } as const;
  renderInEnglish(
    <AssignFeatureSheet
      flag={flag}
      isOpen
      onClose={vi.fn()}
      query={{ kind: "user", search: "", onlyOverridden: false }}
      onQueryChange={vi.fn()}
      onOverrideChange={null}
      state={{
        status: "ready",
        isOutdated: false,
        more: null,
        items: [{ ...subject, isOrganization: false, override: "on", inherited }],
      }}
    />,
  );
  screen.getByText("On, set here");
  screen.getByText(/Your application reads these settings from its own tables/);
  expect(screen.queryByRole("radiogroup", { name: "Override for Ida" })).toBeNull();
});

test.each([true, false])("a share can be planned where there are shares: %s", (hasShares) => {
  renderInEnglish(
    <ScheduleDialog
      flag={flag}
      hasShares={hasShares}
      isOpen
      onClose={vi.fn()}
      state={{ status: "ready", changes: [] }}
      onPlan={vi.fn()}
      onRemove={vi.fn()}
    />,
  );
  expect(screen.queryByRole("radio", { name: "Set share" }) !== null).toBe(hasShares);
});
