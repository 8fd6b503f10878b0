import { beforeEach, describe, expect, test, vi } from "vitest";
import { CONSENT_COOKIE } from "../visitor-id";
import { createClientTracker, type TrackedPerson } from "./posthog-tracker";

const SETTINGS = { key: "phc_test", host: "https://eu.i.posthog.com" };
const VISITOR = "3f0c1d52-9d0a-4d5e-8f6b-0c2f4b1f7a11";
const OTHER_VISITOR = "9b115226-2a78-4d17-8ce9-f9b76051aeec";
const somebody = (userId: number | null, visitorId: string | null = VISITOR): TrackedPerson => ({
  userId,
  visitorId,
});

interface SentEvent {
  event: string;
  properties: Record<string, unknown>;
}

/** The real SDK, a fresh copy of it; what it would send is recorded and goes nowhere. */
async function realSdk() {
  const sent: SentEvent[] = [];
  const { default: posthog } = await import("posthog-js/dist/module.slim.no-external");
  const init = posthog.init.bind(posthog);
  posthog.init = (key, config) =>
    init(key, {
      ...config,
      // jsdom's user agent counts as a bot's.
      opt_out_useragent_filter: true,
      before_send: (event) => {
        if (event) sent.push({ event: event.event, properties: event.properties });
        return null;
      },
    });
  return { posthog, sent, load: async () => ({ default: posthog }) };
}

async function loaded(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
  sessionStorage.clear();
  for (const cookie of document.cookie.split("; ")) {
    // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no CookieStore.
    document.cookie = `${cookie.split("=")[0]}=; max-age=0; path=/`;
  }
});

describe("who PostHog takes a browser for", () => {
  test("is the visitor before, and the user after signing in, joined by one $identify", async () => {
    const { posthog, sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(null));
    await loaded();
    expect(posthog.get_distinct_id()).toBe(VISITOR);
    tracker.start(SETTINGS, somebody(12));
    tracker.start(SETTINGS, somebody(12));
    expect(posthog.get_distinct_id()).toBe("12");
    const identified = sent.filter(({ event }) => event === "$identify");
    expect(identified).toHaveLength(1);
    expect(identified[0]?.properties).toMatchObject({ distinct_id: "12", $anon_distinct_id: VISITOR });
  });

  test("is the user at once on the first page of somebody signed in, joined to the visitor", async () => {
    const { sent, load } = await realSdk();
    createClientTracker(load).start(SETTINGS, somebody(12));
    await loaded();
    expect(sent.map(({ event }) => event)).toEqual(["$identify"]);
    expect(sent[0]?.properties).toMatchObject({ distinct_id: "12", $anon_distinct_id: VISITOR });
  });

  test("never merges two persons who share a browser", async () => {
    const { posthog, sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.start(SETTINGS, somebody(null, OTHER_VISITOR));
    expect(posthog.get_distinct_id()).toBe(OTHER_VISITOR);
    tracker.start(SETTINGS, somebody(13, OTHER_VISITOR));
    const merged = sent.map(({ properties }) => [properties.$anon_distinct_id, properties.distinct_id]);
    expect(merged).toEqual([
      [VISITOR, "12"],
      [OTHER_VISITOR, "13"],
    ]);
  });

  test("is nobody any more where the former person has signed out and there is no visitor", async () => {
    const { posthog, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.start(SETTINGS, somebody(null, null));
    expect(posthog.get_distinct_id()).not.toBe("12");
  });
});

describe("events of the application", () => {
  test("carry every variant that was seen, also those from before the SDK was there", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.seen({ slug: "pricing-tiers", variant: "variant-a" });
    tracker.start(SETTINGS, somebody(null));
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
    tracker.capture("plan_opened", { plan: "teams" });
    await loaded();
    expect(sent).toMatchObject([
      {
        event: "plan_opened",
        properties: {
          plan: "teams",
          distinct_id: VISITOR,
          "$feature/pricing-tiers": "variant-a",
          "$feature/upgrade-button-test": "urgent",
        },
      },
    ]);
  });

  test("carry the team whose variant was seen last", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.seen({ slug: "dashboard-layout-v2", variant: "grid", subject: "team:4" });
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent", subject: "user:12" });
    tracker.capture("plan_opened");
    expect(sent.at(-1)?.properties).toMatchObject({
      $groups: { team: "4" },
      "$feature/dashboard-layout-v2": "grid",
      // Group columns are filled for persons only.
      $process_person_profile: true,
    });
  });

  test("carry nothing of whoever was here before", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
    tracker.start(SETTINGS, somebody(13, OTHER_VISITOR));
    tracker.capture("plan_opened");
    expect(sent.at(-1)).toMatchObject({ event: "plan_opened", properties: { distinct_id: "13" } });
    expect(sent.at(-1)?.properties).not.toHaveProperty("$feature/upgrade-button-test");
  });

  test("that wait while somebody else comes are lost rather than theirs", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    tracker.capture("of_the_first");
    tracker.start(SETTINGS, somebody(13, OTHER_VISITOR));
    tracker.capture("of_the_second");
    await loaded();
    expect(sent.map(({ event }) => event)).toEqual(["$identify", "of_the_second"]);
  });

  test("that wait are bounded, and the newest are kept in order", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    for (let index = 0; index < 60; index++) tracker.capture(`event_${index}`);
    tracker.start(SETTINGS, somebody(null));
    await loaded();
    expect(sent).toHaveLength(50);
    expect(sent[0]?.event).toBe("event_10");
    expect(sent.at(-1)?.event).toBe("event_59");
  });
});

describe("withdrawing consent", () => {
  const stored = () =>
    [...Object.keys(localStorage), ...Object.keys(sessionStorage), ...document.cookie.split("; ")].filter(
      (name) => /^_*ph_/.test(name),
    );

  test("stops everything, and leaves nothing of PostHog in the browser", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
    tracker.capture("before");
    expect(stored().length, "it keeps something at all").toBeGreaterThan(0);
    const before = sent.length;
    tracker.stop();
    expect(stored()).toEqual([]);
    tracker.seen({ slug: "pricing-tiers", variant: "variant-a" });
    tracker.capture("after");
    dispatchEvent(new Event("pagehide"));
    expect(sent).toHaveLength(before);
    expect(stored()).toEqual([]);
  });

  test("while the SDK is being loaded keeps it from starting", async () => {
    const { posthog, sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    tracker.capture("before");
    tracker.stop();
    await loaded();
    expect(posthog.__loaded).toBe(false);
    expect([sent, stored()]).toEqual([[], []]);
  });

  test("on a page that never loaded the SDK removes what an earlier one kept", async () => {
    const { load } = await realSdk();
    createClientTracker(load).start(SETTINGS, somebody(12));
    await loaded();
    expect(stored().length, "it keeps something at all").toBeGreaterThan(0);
    createClientTracker(load).stop();
    expect(stored()).toEqual([]);
  });

  test("in another tab silences this one", async () => {
    const { sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(null));
    await loaded();
    // biome-ignore lint/suspicious/noDocumentCookie: jsdom has no CookieStore.
    document.cookie = `${CONSENT_COOKIE}=denied; path=/`;
    tracker.capture("after");
    expect(sent).toEqual([]);
  });

  test("and consenting again begins anew, as whoever is there now", async () => {
    const { posthog, sent, load } = await realSdk();
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
    tracker.stop();
    tracker.start(SETTINGS, somebody(null, OTHER_VISITOR));
    expect(posthog.get_distinct_id()).toBe(OTHER_VISITOR);
    tracker.capture("plan_opened");
    expect(sent.at(-1)).toMatchObject({ event: "plan_opened", properties: { distinct_id: OTHER_VISITOR } });
    expect(sent.at(-1)?.properties).not.toHaveProperty("$feature/upgrade-button-test");
    expect(stored().length).toBeGreaterThan(0);
  });
});

describe("PostHog", () => {
  test("is not loaded without a key", async () => {
    const load = vi.fn();
    const tracker = createClientTracker(load);
    tracker.seen({ slug: "upgrade-button-test", variant: "urgent" });
    tracker.capture("plan_opened");
    await loaded();
    expect(load).not.toHaveBeenCalled();
  });

  test("evaluates no flags beside us and captures nothing by itself", async () => {
    const { posthog, sent, load } = await realSdk();
    const fetched = vi.fn<typeof fetch>(async () => new Response("{}"));
    vi.stubGlobal("fetch", fetched);
    createClientTracker(load).start(SETTINGS, somebody(null));
    await loaded();
    expect(posthog.config).toMatchObject({ advanced_disable_flags: true, api_host: SETTINGS.host });
    expect(sent).toEqual([]);
    expect(fetched).not.toHaveBeenCalled();
  });

  test("that is blocked disturbs nobody, and is not tried again", async () => {
    const load = vi.fn(() => Promise.reject(new TypeError("Failed to fetch dynamically imported module")));
    const tracker = createClientTracker(load);
    tracker.start(SETTINGS, somebody(null));
    await loaded();
    tracker.capture("plan_opened");
    tracker.start(SETTINGS, somebody(12));
    await loaded();
    expect(load).toHaveBeenCalledOnce();
  });
});
