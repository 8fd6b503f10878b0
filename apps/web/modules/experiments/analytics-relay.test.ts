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
  });
}

function aBatch(): string {
  const properties = { token: sink.key, distinct_id: "12", $lib: "web" };
  const event = { event: "plan_opened", uuid: randomUUID(), timestamp: new Date().toISOString(), properties };
  return JSON.stringify({ api_key: sink.key, batch: [event], sent_at: new Date().toISOString() });
}

describe("what posthog-js sends", () => {
  test("goes on as it is, and nothing that tells who is signed in goes along", async () => {
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
    expect(headers).toMatchObject({ "content-type": "text/plain", "x-forwarded-for": "203.0.113.7" });
    expect(JSON.stringify(headers)).not.toContain("secret");
  });

  test("stays here without a key, from another site, and where it is too much", async () => {
    expect((await relayToPostHog(aRequest({ "sec-fetch-site": "cross-site" }))).status).toBe(403);
    expect((await relayToPostHog(aRequest({}, "a".repeat(1024 * 1024 + 1)))).status).toBe(413);
    settings.POSTHOG_KEY = undefined;
    expect((await relayToPostHog(aRequest())).status).toBe(404);
    expect(sink.requests).toEqual([]);
  });

  test.each([undefined, "denied"])("is dropped where consent is required and is %s", async (choice) => {
    settings.CONSENT_MODE = "required";
    if (choice) jar.set("cal_consent", { value: choice });
    expect((await relayToPostHog(aRequest())).status).toBe(204);
    expect(sink.requests).toEqual([]);
    jar.set("cal_consent", { value: "granted" });
    expect((await relayToPostHog(aRequest())).status).toBe(200);
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
    await expect.poll(() => sink.requests.length).toBe(64);
    expect((await relayToPostHog(aRequest())).status).toBe(503);
    const statuses = (await Promise.all(waiting)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([502]));
    await sink.setMode("ok");
    // Connections that were cut are found out by using them.
    await expect.poll(async () => (await relayToPostHog(aRequest())).status).toBe(200);
  }, 20_000);
});
