import { randomUUID } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type PostHogSink, startPostHogSink } from "@calcom/features/experiments/testing/posthog-sink";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { relayToPostHog } from "./analytics-relay";

const { settings, jar } = vi.hoisted(() => ({
  settings: {
    POSTHOG_KEY: "phc_sink" as string | undefined,
    POSTHOG_HOST: "",
    CONSENT_MODE: "off",
    TRUSTED_PROXIES: { kind: "hops", count: 1 },
  },
  jar: new Map<string, { value: string }>(),
}));
vi.mock("@calcom/lib/env", () => ({ env: () => settings }));
vi.mock("next/headers", () => ({ cookies: async () => jar }));

let sink: PostHogSink;
beforeEach(async () => {
  jar.clear();
  sink = await startPostHogSink();
  Object.assign(settings, { POSTHOG_KEY: sink.key, POSTHOG_HOST: sink.url, CONSENT_MODE: "off" });
});
afterEach(() => sink.close());

function aRequest(headers: Record<string, string> = {}, body: BodyInit = new Uint8Array(gzipSync(aBatch()))) {
  return new Request("https://app.example/api/relay/e/?ver=1", {
    method: "POST",
    body,
    headers: { "sec-fetch-site": "same-origin", "content-type": "text/plain", ...headers },
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });
}

const anEvent = (event = "plan_opened", changes: object = {}) => ({
  event,
  uuid: randomUUID(),
  timestamp: new Date().toISOString(),
  properties: { token: sink.key, distinct_id: "12", $lib: "web", ...changes },
});

function aBatch(...events: object[]): string {
  const batch = events.length === 0 ? [anEvent()] : events;
  return JSON.stringify({ api_key: sink.key, batch, sent_at: new Date().toISOString() });
}

describe("what posthog-js sends", () => {
  test("goes on, and nothing that tells who is signed in goes along", async () => {
    const response = await relayToPostHog(
      aRequest({
        cookie: "next-auth.session-token=secret; cal_vid=id.signature",
        authorization: "Bearer secret",
        referer: "https://app.example/teams/secret",
        "x-forwarded-for": "198.51.100.1, 203.0.113.7",
      }),
    );
    expect(response.status).toBe(200);
    expect(sink.events("plan_opened")).toHaveLength(1);
    expect(sink.violations).toEqual([]);
    const [{ headers } = { headers: {} }] = sink.requests;
    expect(headers).toMatchObject({ "content-type": "application/json", "x-forwarded-for": "203.0.113.7" });
    expect(JSON.stringify(headers)).not.toContain("secret");
  });

  test("stays here without a key, from another site, and where it is too much", async () => {
    expect((await relayToPostHog(aRequest({ "sec-fetch-site": "cross-site" }))).status).toBe(403);
    expect((await relayToPostHog(aRequest({}, "a".repeat(1024 * 1024 + 1)))).status).toBe(413);
    settings.POSTHOG_KEY = undefined;
    expect((await relayToPostHog(aRequest())).status).toBe(404);
    expect(sink.requests).toEqual([]);
  });

  test.each<[string, () => BodyInit]>([
    ["one event", () => JSON.stringify(anEvent())],
    ["a list of them", () => JSON.stringify([anEvent()])],
    ["base64", () => Buffer.from(JSON.stringify([anEvent()])).toString("base64")],
    ["a form", () => `data=${encodeURIComponent(Buffer.from(JSON.stringify(anEvent())).toString("base64"))}`],
  ])("goes on as %s too", async (_, body) => {
    expect((await relayToPostHog(aRequest({}, body()))).status).toBe(200);
    expect(sink.events("plan_opened")).toHaveLength(1);
    expect(sink.violations).toEqual([]);
  });

  test.each([undefined, "denied"])("is dropped where consent is required and is %s", async (choice) => {
    settings.CONSENT_MODE = "required";
    if (choice) jar.set("cal_consent", { value: choice });
    expect((await relayToPostHog(aRequest())).status).toBe(204);
    expect(sink.requests).toEqual([]);
    jar.set("cal_consent", { value: "granted" });
    expect((await relayToPostHog(aRequest())).status).toBe(200);
  });

  test("is dropped where consent is required and the browser says no to every site", async () => {
    settings.CONSENT_MODE = "required";
    jar.set("cal_consent", { value: "granted" });
    expect((await relayToPostHog(aRequest({ "sec-gpc": "1" }))).status).toBe(204);
    expect(sink.requests).toEqual([]);
  });
});

describe("what somebody else would send", () => {
  test.each<[string, () => string]>([
    ["another project's batch", () => aBatch().replace(`"api_key":"${sink.key}"`, '"api_key":"phc_other"')],
    ["another project's event in our batch", () => aBatch(anEvent(), anEvent("a", { token: "phc_other" }))],
    ["a project named beside ours", () => aBatch({ ...anEvent(), api_key: "phc_other" })],
    ["no project", () => JSON.stringify([{ event: "a", properties: {} }])],
    ["no event", () => "{}"],
    ["an event without a name", () => aBatch({ ...anEvent(), event: { $ne: 1 } })],
    ["no JSON", () => "<xml/>"],
    ["brackets", () => "[".repeat(100_000) + "]".repeat(100_000)],
    ["a thousand and one events", () => aBatch(...Array.from({ length: 1_001 }, () => ({ ...anEvent() })))],
  ])("%s is refused", async (_, body) => {
    expect((await relayToPostHog(aRequest({}, body()))).status).toBe(400);
    expect(sink.requests).toEqual([]);
  });

  test("a gigabyte in a kilobyte is refused", async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
    expect((await relayToPostHog(aRequest({}, bomb))).status).toBe(400);
  });

  test.each([
    ...[
      "experiment_viewed",
      "experiment_conversion",
      "Experiment_Viewed",
      " experiment_viewed",
      "experiment_\u200bviewed",
    ],
    ...["experiment_view\u0000ed", "$feature_flag_called", "$merge_dangerously"],
  ])("%j comes from the server alone", async (name) => {
    expect((await relayToPostHog(aRequest({}, aBatch(anEvent(name))))).status).toBe(204);
    expect(sink.requests).toEqual([]);
    expect((await relayToPostHog(aRequest({}, aBatch(anEvent(name), anEvent())))).status).toBe(200);
    expect(sink.events().map(({ event }) => event)).toEqual(["plan_opened"]);
  });

  test("nor do the properties of a person that the server sets", async () => {
    const set = { $set: { experiment_a: "b", plan: "teams" }, $set_once: { experiment_a: "b" } };
    await relayToPostHog(aRequest({}, aBatch({ ...anEvent("opened", set), ...set })));
    const [event] = sink.events("opened");
    expect(event?.properties).toMatchObject({ $set: { plan: "teams" }, $set_once: {} });
    expect(JSON.stringify(event)).not.toContain("experiment_a");
  });

  test("of the address nothing goes on but what the SDK writes", async () => {
    const request = aRequest();
    const url = `${request.url}&_=17&compression=gzip-js&token=phc_other&ip=a%0d%0ab&retry_count=2`;
    const fetched = vi.spyOn(globalThis, "fetch");
    await relayToPostHog(new Request(url, request));
    expect(String(fetched.mock.calls[0]?.[0])).toBe(`${sink.url}/e/?ver=1&_=17&retry_count=2`);
  });

  test("one browser is slowed down, and no other with it", async () => {
    const from = (address: string) => relayToPostHog(aRequest({ "x-forwarded-for": address }, "{}"));
    const statuses = await Promise.all(Array.from({ length: 200 }, () => from("198.51.100.200")));
    const slowed = statuses.filter(({ status }) => status === 429);
    expect(slowed.length).toBeGreaterThanOrEqual(80);
    expect(Number(slowed[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await from("198.51.100.201")).status).toBe(400);
  });
});

describe("bodies that never end", () => {
  test("hold nothing up but themselves, and are given up on", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const drip = () => new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array([0x1f])) });
    const waiting = Array.from({ length: 100 }, () => relayToPostHog(aRequest({}, drip())));
    // All of them are waiting for their bodies when somebody else is served.
    await vi.advanceTimersByTimeAsync(0);
    expect((await relayToPostHog(aRequest())).status).toBe(200);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([408]));
    vi.useRealTimers();
  });
});

describe("a PostHog that fails", () => {
  test.each([
    ["fail", 500],
    ["refuse", 502],
  ] as const)("(%s) is told to the SDK, which tries again", async (mode, status) => {
    await sink.setMode(mode);
    expect((await relayToPostHog(aRequest())).status).toBe(status);
  });

  test("and hangs is given up on, and what piles up meanwhile is refused at once", async () => {
    await sink.setMode("hang");
    const waiting = Array.from({ length: 64 }, () => relayToPostHog(aRequest()));
    await expect.poll(() => sink.requests.length, { timeout: 20_000 }).toBe(64);
    expect((await relayToPostHog(aRequest())).status).toBe(503);
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([502]));
    await sink.setMode("ok");
    // Connections that were cut are found out by using them.
    await expect.poll(async () => (await relayToPostHog(aRequest())).status, { timeout: 20_000 }).toBe(200);
  }, 20_000);
});
