import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PersonEntry, PersonKey, PersonLook } from "../types/people";
import { ExperimentPermissions } from "./ExperimentPermissions";
import {
  ExperimentPerson,
  LookupForm,
  PersonFacts,
  type PersonFilter,
  type PersonState,
} from "./ExperimentPerson";
import { type AudiencePort, AudiencePortProvider } from "./ExperimentPorts";
import { renderIn, renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const at = new Date("2026-11-03T10:00:00Z");

function anEntry(changes: Partial<PersonEntry> = {}): PersonEntry {
  return {
    slug: "upgrade-button-test",
    name: "Upgrade button",
    kind: "experiment",
    status: "running",
    isTurnedOff: false,
    flagType: null,
    subject: { unit: "user", id: "12", name: null },
    variants: ["control", "urgent"],
    control: "control",
    decision: { variant: "urgent", reason: "allocated" },
    isVariantKnown: true,
    rule: { code: "hash" },
    assigned: null,
    since: null,
    facts: {},
    conversions: [],
    isWithheld: false,
    ...changes,
  };
}

const assigned = anEntry({
  decision: { variant: "urgent", reason: "sticky" },
  rule: { code: "exposed" },
  assigned: { variant: "urgent", at, exposedAt: at },
  since: at,
});

function aLook(changes: Partial<PersonLook> = {}): PersonLook {
  return {
    person: {
      unit: "user",
      id: "12",
      name: "Uma",
      detail: "uma@person.example",
      isMasked: false,
      userId: null,
      teams: [],
      areMoreTeams: false,
      visitorIds: [],
    },
    entries: [anEntry()],
    total: 1,
    timeline: [],
    isTimelineWithheld: false,
    ...changes,
  };
}

function anElement(
  look: PersonLook,
  changes: Partial<PersonState & { status: "ready" }> = {},
  filter: PersonFilter = { search: "", show: "all" },
) {
  return (
    <ExperimentPerson
      filter={filter}
      onFilterChange={() => undefined}
      state={{
        status: "ready",
        look,
        hasMore: false,
        isLoadingMore: false,
        moreRefusal: null,
        isOutdated: false,
        ...changes,
      }}
      onLoadMore={() => undefined}
      hrefOf={(slug) => `/experiments/${slug}`}
      hrefOfFlag={(slug) => `/flags?search=${slug}`}
    />
  );
}

describe("where there is no row", () => {
  const cases: [what: string, entry: PersonEntry][] = [
    ["a variant", anEntry()],
    ["none", anEntry({ decision: { variant: null, reason: "paused" }, rule: { code: "paused" } })],
    ["a draw", anEntry({ isVariantKnown: false, rule: { code: "draw" } })],
  ];

  test.each(cases)("it is said in English what would be, never what is: %s", (_what, entry) => {
    renderInEnglish(anElement(aLook({ entries: [entry] })));
    const item = screen.getByRole("listitem");
    expect(item.textContent).toMatch(/Would (?:see|be|get)/);
    expect(item.textContent).not.toMatch(/Sees|Assigned|Exposed|No conversions/);
  });

  test.each(cases)("and in German: %s", (_what, entry) => {
    renderIn("de", anElement(aLook({ entries: [entry] })));
    const item = screen.getByRole("listitem");
    expect(item.textContent).toMatch(/Würde|Wäre|Bekäme/);
    expect(item.textContent).not.toMatch(/Sieht|Zugewiesen|Exposure/);
  });
});

describe("where there is a row", () => {
  test("it is said what is, why, since when, and what was done", () => {
    const conversions = [{ event: "clicked", times: 2, first: at, last: at }];
    renderInEnglish(anElement(aLook({ entries: [{ ...assigned, conversions }] })));
    const [item] = screen.getAllByRole("listitem");
    const text = item?.textContent;
    for (const said of [
      "Sees urgent",
      "Was exposed to this variant",
      "Assigned 3 Nov 2026",
      "Exposed 3 Nov 2026",
    ])
      expect(text).toContain(said);
    expect(text).toMatch(/clicked 2 times, last 3 Nov 2026/);
  });

  test("conversions that are withheld are a sentence, and not that there are none", () => {
    renderInEnglish(anElement(aLook({ entries: [{ ...assigned, isWithheld: true }] })));
    expect(screen.getByText("Conversions hidden for now.")).toBeTruthy();
    expect(screen.queryByText("No conversions")).toBeNull();
  });

  test("another variant than is shown now is named", () => {
    const entry = { ...assigned, decision: { variant: null, reason: "not_running" as const } };
    renderInEnglish(anElement(aLook({ entries: [{ ...entry, rule: { code: "status", status: "off" } }] })));
    expect(screen.getByText("Sees the original experience")).toBeTruthy();
    expect(screen.getByText(/Assigned to urgent/)).toBeTruthy();
  });
});

test.each([
  ["RELEASE", "control", "Off", "ring"],
  ["RELEASE", "urgent", "On", "full"],
  ["KILL_SWITCH", "control", "Off", "ring"],
  ["KILL_SWITCH", "urgent", "Stopped", "stop"],
  [null, "urgent", "On", "full"],
])(
  "a flag is on or off for somebody, and a kill switch that is on has stopped something: %s %s",
  (flagType, variant, said, shape) => {
    const decision = { variant, reason: "allocated" as const };
    const flag = anEntry({ kind: "flag", flagType, rule: { code: "flag_default" }, decision });
    renderInEnglish(anElement(aLook({ entries: [flag] })));
    // The look that it has in the list of flags.
    expect(screen.getByText(said).dataset).toMatchObject({ slot: "status-dot", shape });
    expect(screen.getByRole("listitem").textContent).not.toContain("Would");
  },
);

describe("flags that nothing sets for them", () => {
  const off = { variant: "control", reason: "allocated" } as const;
  const byDefault = (slug: string) =>
    anEntry({
      slug,
      name: slug,
      kind: "flag",
      flagType: "RELEASE",
      rule: { code: "flag_default" },
      decision: off,
    });
  const rule = { code: "flag_row", level: "user", team: null } as const;
  const overridden = { ...byDefault("new-booker"), rule };
  const fold = () => document.querySelector("details");
  const namesIn = (element: Element | null) =>
    [...(element?.querySelectorAll("li") ?? [])].map((item) => item.querySelector("a")?.textContent);

  test("come last and folded, so that what decides for this person comes first", () => {
    const entries = [byDefault("a"), overridden, byDefault("b"), anEntry()];
    renderInEnglish(anElement(aLook({ entries })));
    expect(namesIn(document.body)).toEqual(["new-booker", "Upgrade button", "a", "b"]);
    expect(fold()?.open).toBe(false);
    expect(fold()?.querySelector("summary")?.textContent).toBe("2 flags at their default");
    expect(namesIn(fold())).toEqual(["a", "b"]);
    // What goes for all of them is said once.
    expect(screen.getAllByText(/^No override or rollout applies/)).toHaveLength(1);
  });

  test("are counted in German too", () => {
    renderIn("de", anElement(aLook({ entries: [anEntry(), byDefault("a")] })));
    expect(screen.getByText("1 Flag nach Vorgabe")).toBeTruthy();
  });

  test("are a plain list where nothing else is, and where they were searched for", () => {
    renderInEnglish(anElement(aLook({ entries: [byDefault("a")] })));
    expect(fold()).toBeNull();
    cleanup();
    renderInEnglish(
      anElement(aLook({ entries: [anEntry(), byDefault("a")] }), {}, { search: "a", show: "all" }),
    );
    expect(fold()).toBeNull();
    expect(namesIn(document.body)).toEqual(["Upgrade button", "a"]);
  });

  test("are not folded where a kill switch stops something", () => {
    const stop = { ...byDefault("stop-emails"), flagType: "KILL_SWITCH" };
    const on = { variant: "urgent", reason: "allocated" } as const;
    renderInEnglish(
      anElement(
        aLook({ entries: [anEntry(), { ...stop, decision: on }, { ...stop, slug: "b", name: "b" }] }),
      ),
    );
    expect(namesIn(fold())).toEqual(["b"]);
  });
});

test("the timeline has a heading for each day of the reader’s zone, and times beneath", () => {
  const options = vi.spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions");
  options.mockReturnValue({ ...new Intl.DateTimeFormat().resolvedOptions(), timeZone: "Asia/Tokyo" });
  const what = { kind: "exposed", variant: "urgent" } as const;
  const happened = (moment: string) => ({ slug: "a", name: "A", at: new Date(moment), what });
  // In UTC the second one is of the day before, in Tokyo both are of one day.
  const timeline = ["2026-11-20T10:00:00Z", "2026-11-19T16:00:00Z", "2026-11-19T14:00:00Z"].map(happened);
  renderInEnglish(anElement(aLook({ timeline })));
  const days = screen
    .getAllByRole("heading", { level: 3 })
    .map((heading) => [
      heading.textContent,
      ...[...(heading.parentElement?.querySelectorAll("time") ?? [])].map(({ textContent }) => textContent),
    ]);
  expect(days).toEqual([
    ["Fri, 20 Nov 2026", "19:00", "01:00"],
    ["Thu, 19 Nov 2026", "23:00"],
  ]);
  expect(screen.getByText("Days and times are in your time zone, Asia/Tokyo.")).toBeTruthy();
  options.mockRestore();
});

test("a kill switch is named as one", () => {
  renderInEnglish(anElement(aLook({ entries: [anEntry({ kind: "flag", flagType: "KILL_SWITCH" })] })));
  expect(screen.getByText("Kill switch")).toBeTruthy();
});

test("what they saw first is an exposure, in the entry as in the timeline", () => {
  const what = { kind: "exposed", variant: "urgent" } as const;
  const timeline = [{ slug: "upgrade-button-test", name: "Upgrade button", at, what }];
  renderInEnglish(anElement(aLook({ entries: [assigned], timeline })));
  expect(screen.getByText("Exposed to urgent")).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/\bsaw\b|\bseen\b/i);
});

test("a flag is a link for administrators of the application alone", () => {
  const flag = anEntry({
    slug: "new-booker",
    name: "new-booker",
    kind: "flag",
    rule: { code: "flag_default" },
  });
  renderInEnglish(anElement(aLook({ entries: [flag] })));
  const link = screen.getByRole("link", { name: "new-booker" });
  expect(link.getAttribute("href")).toBe("/flags?search=new-booker");
  expect(link.className).toContain("font-mono");
  cleanup();
  renderInEnglish(
    <ExperimentPermissions permissions={["view"]}>
      {anElement(aLook({ entries: [flag] }))}
    </ExperimentPermissions>,
  );
  expect(screen.queryByRole("link", { name: "new-booker" })).toBeNull();
});

test("what is hidden of somebody is said to be", () => {
  const { person } = aLook();
  const masked = { ...person, name: null, detail: "u…@p…", isMasked: true };
  renderInEnglish(<PersonFacts person={masked} hrefOf={() => "/"} />);
  expect(screen.getByText(/Your role doesn’t let you see names/)).toBeTruthy();
  expect(screen.getByText(/Viewing this page is logged/)).toBeTruthy();
});

describe("looking up", () => {
  interface Shown {
    mayEdit: boolean;
    refusal?: string | null;
    refused?: string;
    refusedPerson?: PersonKey;
  }

  function show({ mayEdit, refusal = null, refused = "", ...rest }: Shown) {
    const port = {
      findPeople: vi.fn(async () => [{ id: 12, name: "Uma", email: "uma@person.example" }]),
      findTeams: vi.fn(async () => []),
    };
    const onChoose = vi.fn();
    renderInEnglish(
      <ExperimentPermissions permissions={mayEdit ? ["view", "edit"] : ["view"]}>
        <AudiencePortProvider port={port as unknown as AudiencePort}>
          <LookupForm
            onChoose={onChoose}
            onFindEmail={async (email) =>
              email === "uma@person.example" ? { id: 12 } : { refusal: "No user has this address." }
            }
            hrefOf={({ unit, id }) => `/people?${unit}=${id}`}
            isGoing={false}
            refusal={refusal}
            refused={refused}
            {...rest}
            isAlone
          />
        </AudiencePortProvider>
      </ExperimentPermissions>,
    );
    const field = screen.getByLabelText("User, team or visitor");
    return { ...port, field, onChoose };
  }

  function enter(field: HTMLElement, value: string) {
    fireEvent.change(field, { target: { value } });
    fireEvent.submit(field.closest("form") as HTMLFormElement);
  }

  test("the field has the focus: whoever comes types at once", () => {
    const { field } = show({ mayEdit: false });
    expect(document.activeElement).toBe(field);
  });

  test("a whole address leads to its user, and another one is refused at the field", async () => {
    const { field, onChoose } = show({ mayEdit: false });
    enter(field, "nobody@person.example");
    await screen.findByText("No user has this address.");
    expect(onChoose).not.toHaveBeenCalled();
    expect((field as HTMLInputElement).value).toBe("nobody@person.example");
    enter(field, "uma@person.example");
    await waitFor(() => expect(onChoose).toHaveBeenCalledWith({ unit: "user", id: 12 }));
  });

  test("viewers are told that a name is not enough, and no user is offered to them", async () => {
    const { field, findPeople, findTeams } = show({ mayEdit: false });
    enter(field, "Uma");
    await screen.findByText(/Enter the full email address or ID/);
    await waitFor(() => expect(findTeams).toHaveBeenCalled());
    expect(findPeople).not.toHaveBeenCalled();
  });

  test("editors are offered users by a part of the name", async () => {
    const { field } = show({ mayEdit: true });
    fireEvent.change(field, { target: { value: "Um" } });
    const link = await screen.findByRole("link", { name: /Uma/ });
    expect(link.getAttribute("href")).toBe("/people?user=12");
  });

  test("what the address of the page had asked for in vain is said at once, and stays to be corrected", () => {
    const { field } = show({ mayEdit: true, refusal: "There is no user 12.", refused: "12" });
    const alert = screen.getByRole("alert");
    expect(alert.textContent).toBe("There is no user 12.");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    const described = field.getAttribute("aria-describedby")?.split(" ") ?? [];
    expect(described).toContain(alert.querySelector("[id]")?.id);
    expect((field as HTMLInputElement).value).toBe("12");
  });

  test("of who was looked up in vain, it offers what else that id may be, until something else is typed", async () => {
    const refusedPerson = { unit: "user", id: 12 } as const;
    show({ mayEdit: true, refusal: "There is no user 12.", refused: "12", refusedPerson });
    const links = () => screen.getAllByRole("link").map((link) => link.textContent);
    expect(links()).toEqual(["Look up team 12 instead"]);
    expect(screen.getByRole("link").getAttribute("href")).toBe("/people?team=12");
    fireEvent.change(screen.getByLabelText("User, team or visitor"), { target: { value: "13" } });
    await screen.findByRole("link", { name: "Team 13" });
    expect(screen.queryByRole("link", { name: "Look up team 12 instead" })).toBeNull();
    cleanup();
    const id = "8f14e45f-ceea-467f-a8d4-0f3a9c1b2d3e";
    show({ mayEdit: true, refusal: "None.", refused: `user:${id}`, refusedPerson: { unit: "user", id } });
    expect(links()).toEqual([`Look up team ${id} instead`, `Look up visitor ${id} instead`]);
  });
});
