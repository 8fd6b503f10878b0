import type { ExperimentAnswer } from "@calcom/features/experiments";
import { mirrorVisitorId } from "@calcom/features/experiments";
import { ExperimentContextProvider } from "@calcom/features/experiments/context/ExperimentContext";
import {
  forgetBrowser,
  trackConversion,
  useExperiment,
  useExperimentInView,
} from "@calcom/features/experiments/hooks";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { hasChosen, isKnownNotNeeded, rememberNotNeeded, saysNoToAll } from "../consent/consent-state";
import { areToolsWanted, forgetTools } from "../devtools/tools-wanted";
import { tracker } from "./transport";

// Browsers that lack something, by age, by settings, or because an extension takes it away: the page shows the variant,
// and what can be reported still is.

const ways = {
  absent: { value: undefined },
  forbidden: {
    get() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  },
  broken: {
    value() {
      throw new TypeError("Illegal invocation");
    },
  },
  full: {
    value: {
      getItem: () => null,
      removeItem: () => {},
      setItem() {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      },
    },
  },
} satisfies Record<string, PropertyDescriptor>;
type Way = keyof typeof ways;

const of = (place: "window" | "navigator" | "document", names: string[], given: Way[] = ["absent"]) =>
  names.flatMap((name) => given.map((way) => ({ place, name, way })));
const cases = [
  ...of("window", ["localStorage", "sessionStorage"], ["absent", "forbidden", "full"]),
  ...of("navigator", ["sendBeacon"], ["absent", "forbidden", "broken"]),
  ...of("document", ["cookie"], ["forbidden"]),
  ...of("navigator", ["locks", "userAgent", "language", "globalPrivacyControl", "userAgentData"]),
  ...of("window", ["crypto", "IntersectionObserver", "BroadcastChannel", "requestIdleCallback", "Blob"]),
  // Last: what it cannot send is tried again after a while.
  ...of("window", ["AbortSignal", "fetch"]),
];

const restores: (() => void)[] = [];

function define(object: object, name: string, descriptor: PropertyDescriptor): void {
  const own = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, { configurable: true, ...descriptor });
  restores.push(() => {
    if (own === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, own);
  });
}

const answers = ["upgrade-button-test", "landing-hero-test"].map(
  (slug): ExperimentAnswer => ({
    slug,
    variant: slug === "upgrade-button-test" ? "urgent" : "benefit-focused",
    reason: "sticky",
    unit: "user",
    subject: "user:12",
    isControl: false,
    isNewAssignment: false,
    assignmentType: "deterministic",
    payload: null,
  }),
);

function Page() {
  const { variant, trackConversion } = useExperiment("upgrade-button-test");
  const asked = useExperiment("pricing-tiers");
  const { variant: below, ref } = useExperimentInView("landing-hero-test");
  return (
    <>
      <button type="button" onClick={() => trackConversion("billing_button_clicked")}>
        {variant}
      </button>
      <p ref={ref}>{below}</p>
      <i>{asked.isLoading ? "loading" : asked.isControl ? "control" : asked.variant}</i>
    </>
  );
}

const fetched = vi.fn<typeof fetch>();
const errors: string[] = [];
const note = ({ message }: ErrorEvent) => void errors.push(message);

beforeEach(() => {
  fetched.mockReset();
  fetched.mockImplementation(async () => new Response(null, { status: 204 }));
  vi.stubGlobal("fetch", fetched);
  errors.length = 0;
  addEventListener("error", note);
});
afterEach(() => {
  for (const restore of restores.splice(0).reverse()) restore();
  removeEventListener("error", note);
  cleanup();
});

const reportsTo = (path: string) => fetched.mock.calls.filter(([to]) => String(to).endsWith(path));
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 120)));

test("a page that is left reports by beacon, and by fetch where the beacon breaks", async () => {
  const beacon = vi.fn<Navigator["sendBeacon"]>(() => true);
  define(navigator, "sendBeacon", { value: beacon });
  const leave = async () => {
    render(
      <ExperimentContextProvider answers={answers} subject="user:12" stamp="1">
        <Page />
      </ExperimentContextProvider>,
    );
    dispatchEvent(new Event("pagehide"));
    await settle();
    cleanup();
  };
  await leave();
  expect(beacon).toHaveBeenCalledOnce();
  expect(reportsTo("/experiments/exposures")).toHaveLength(0);
  define(navigator, "sendBeacon", ways.broken);
  await leave();
  expect(reportsTo("/experiments/exposures")).toHaveLength(1);
});

test.each(cases)("the page works, and reports, where $place.$name is $way", async ({ place, name, way }) => {
  define({ window, navigator, document }[place], name, ways[way]);
  const page = () => (
    <ExperimentContextProvider answers={answers} subject="user:12" stamp="1">
      <Page />
    </ExperimentContextProvider>
  );
  const { unmount } = render(page());
  await settle();
  expect(screen.getByRole("button").textContent).toBe("urgent");
  expect(screen.getByText("benefit-focused")).toBeDefined();
  expect(await screen.findByText("control", {}, { timeout: 20_000 })).toBeDefined();
  act(() => screen.getByRole("button").click());
  trackConversion("signed_up");
  tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
  for (const call of [hasChosen, saysNoToAll, isKnownNotNeeded, rememberNotNeeded, areToolsWanted])
    expect(call, call.name).not.toThrow();
  for (const call of [forgetTools, forgetBrowser, () => mirrorVisitorId("a"), () => tracker.stop()])
    expect(call).not.toThrow();
  await settle();
  if (name !== "fetch") {
    expect(reportsTo("/experiments/exposures")).toHaveLength(1);
    expect(reportsTo("/experiments/conversions")).toHaveLength(2);
  }

  // Left at once: what it has seen goes without a timer.
  unmount();
  render(page());
  dispatchEvent(new Event("pagehide"));
  await settle();
  expect(errors).toEqual([]);
});
