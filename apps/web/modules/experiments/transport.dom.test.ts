import type { ExperimentAnswer } from "@calcom/features/experiments";
import {
  createTransport,
  type ExperimentTransport,
  type registerExperimentTransport,
} from "@calcom/features/experiments/hooks";
import { conversionsSchema, exposuresSchema, MAX_BATCH } from "@calcom/features/experiments/types";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { transport } from "./transport";

const fetched = vi.fn<typeof fetch>(async () => new Response(null, { status: 204 }));
beforeEach(() => {
  fetched.mockClear();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => void vi.useRealTimers());

function seen(subject: string, slug = "upgrade-button-test") {
  return { answer: { slug, subject, variant: "urgent" } as ExperimentAnswer, ageMs: 12.5 };
}

const HOUR_MS = 3_600_000;

function look(isLooking: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, value: !isLooking });
  document.dispatchEvent(new Event("visibilitychange"));
}
afterEach(() => void Reflect.deleteProperty(document, "hidden"));

function bodyOf(call: number): unknown {
  return JSON.parse(String(fetched.mock.calls[call]?.[1]?.body));
}

describe("exposures", () => {
  test("are reports that the server takes, for the subject that saw", async () => {
    await transport.sendExposures([seen("user:12"), seen("team:4"), seen("visitor:abc")], false);
    expect(fetched).toHaveBeenCalledExactlyOnceWith(
      "/api/experiments/exposures",
      expect.objectContaining({ method: "POST", keepalive: true }),
    );
    expect(exposuresSchema.parse(bodyOf(0)).exposures).toEqual([
      { slug: "upgrade-button-test", userId: 12, variant: "urgent", ageMs: 12.5 },
      { slug: "upgrade-button-test", teamId: 4, variant: "urgent", ageMs: 12.5 },
      { slug: "upgrade-button-test", visitorId: "abc", variant: "urgent", ageMs: 12.5 },
    ]);
  });

  test("of a tab in the background, or rendered ahead, wait until somebody looks, and are as old as that", async () => {
    look(false);
    const long = { ...seen("user:12"), ageMs: 1e9 };
    const sent = transport.sendExposures([long], false);
    look(false);
    await Promise.resolve();
    expect(fetched).not.toHaveBeenCalled();
    look(true);
    await sent;
    const [report] = exposuresSchema.parse(bodyOf(0)).exposures;
    expect(report?.ageMs).toBeLessThan(10_000);
  });

  test("of a page that is hidden now were seen before", async () => {
    look(false);
    await transport.sendExposures([seen("user:12")], true);
    expect(fetched).toHaveBeenCalledOnce();
  });

  test("of a tab that was opened in the background and closed before anybody looked are not sent", async () => {
    look(false);
    const unseen = createTransport({ path: "/api/experiments" });
    await expect(unseen.sendExposures([seen("user:12")], true)).rejects.toThrow("Nobody has looked");
    expect(fetched).not.toHaveBeenCalled();
    // Of one that was in view for a moment they are.
    look(true);
    look(false);
    await unseen.sendExposures([seen("user:12")], true);
    expect(fetched).toHaveBeenCalledOnce();
  });

  test("are split where the server takes no more at once", async () => {
    const many = Array.from({ length: MAX_BATCH + 1 }, (_, index) => seen("user:12", `slug-${index}`));
    await transport.sendExposures(many, false);
    expect(fetched).toHaveBeenCalledTimes(2);
    for (const call of [0, 1]) expect(exposuresSchema.safeParse(bodyOf(call)).success).toBe(true);
  });

  test("reject where they may be tried again, and not where the server has refused them", async () => {
    fetched.mockResolvedValueOnce(new Response(null, { status: 500 }));
    await expect(transport.sendExposures([seen("user:12")], false)).rejects.toThrow("500");
    fetched.mockResolvedValueOnce(new Response(null, { status: 403 }));
    await expect(transport.sendExposures([seen("user:12")], false)).resolves.toBeUndefined();
  });

  test("leave by beacon with the page, or by fetch where a beacon is refused", async () => {
    const beacon = vi.fn<Navigator["sendBeacon"]>(() => true);
    Object.defineProperty(navigator, "sendBeacon", { configurable: true, value: beacon });
    await transport.sendExposures([seen("user:12")], true);
    expect(beacon).toHaveBeenCalledOnce();
    expect(fetched).not.toHaveBeenCalled();
    beacon.mockReturnValue(false);
    await transport.sendExposures([seen("user:12")], true);
    expect(fetched).toHaveBeenCalledOnce();
    Reflect.deleteProperty(navigator, "sendBeacon");
  });
});

test("nothing is asked, and no conversion sent, by a page that is rendered ahead", async () => {
  Object.defineProperty(document, "prerendering", { configurable: true, value: true });
  look(false);
  transport.sendConversion({ event: "arrived", subject: null });
  await Promise.resolve();
  expect(fetched).not.toHaveBeenCalled();
  Reflect.deleteProperty(document, "prerendering");
  look(true);
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledOnce(), { timeout: 20_000 });
});

describe("a conversion", () => {
  const conversion = { slug: "upgrade-button-test", event: "billing_button_clicked", subject: null };

  test("is a report that the server takes, with a key of its own", () => {
    transport.sendConversion(conversion);
    transport.sendConversion({ ...conversion, subject: "team:4", key: "order-7" });
    const [first] = conversionsSchema.parse(bodyOf(0)).conversions;
    expect(first).toMatchObject({ slug: "upgrade-button-test", event: "billing_button_clicked" });
    expect(conversionsSchema.parse(bodyOf(1)).conversions).toEqual([
      {
        slug: "upgrade-button-test",
        event: "billing_button_clicked",
        teamId: 4,
        key: "order-7",
        ageMs: expect.any(Number),
      },
    ]);
  });

  test("may name no experiment: the server finds those that count it", () => {
    transport.sendConversion({ event: "signed_up", subject: null });
    const [report] = conversionsSchema.parse(bodyOf(0)).conversions;
    expect(report).toMatchObject({ event: "signed_up" });
    expect(report).not.toHaveProperty("slug");
  });

  test("that the server refuses is not sent again", async () => {
    vi.useFakeTimers();
    fetched.mockResolvedValueOnce(new Response('{"code":"event_not_declared"}', { status: 400 }));
    transport.sendConversion(conversion);
    await vi.runAllTimersAsync();
    expect(fetched).toHaveBeenCalledOnce();
  });

  test("of every click has another key", () => {
    for (let click = 0; click < 100; click++) transport.sendConversion(conversion);
    const keys = fetched.mock.calls.map(
      (_, call) => conversionsSchema.parse(bodyOf(call)).conversions[0]?.key,
    );
    expect(new Set(keys).size).toBe(100);
  });

  test("that did not arrive is kept over an outage of hours, and sent under the same key with its age", async () => {
    vi.useFakeTimers();
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    transport.sendConversion(conversion);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fetched).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS);
    // Once a minute: a server that comes back is not overrun.
    expect(fetched.mock.calls.length).toBeLessThan(200);
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    await vi.runAllTimersAsync();
    const reports = fetched.mock.calls.map((_, call) => conversionsSchema.parse(bodyOf(call)).conversions[0]);
    expect(new Set(reports.map((report) => report?.key)).size).toBe(1);
    expect(reports.at(-1)?.ageMs).toBeGreaterThan(3 * HOUR_MS);
  });

  test("is given up after three days, and one that comes too fast is not", async () => {
    vi.useFakeTimers();
    fetched.mockRejectedValue(new TypeError("Failed to fetch"));
    transport.sendConversion(conversion);
    await vi.runAllTimersAsync();
    expect(performance.now()).toBeLessThan(73 * HOUR_MS);
    fetched.mockReset();
    fetched.mockResolvedValueOnce(new Response(null, { status: 429 }));
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    transport.sendConversion(conversion);
    await vi.runAllTimersAsync();
    expect(fetched).toHaveBeenCalledTimes(2);
  });
});

test("the module registers itself for the hooks", async () => {
  const registered: (ExperimentTransport | undefined)[] = [];
  vi.resetModules();
  vi.doMock("@calcom/features/experiments/hooks", async (original) => ({
    ...(await original<object>()),
    registerExperimentTransport: (given: Parameters<typeof registerExperimentTransport>[0]) =>
      void registered.push(given),
  }));
  const fresh = await import("./transport");
  expect(registered).toEqual([fresh.transport]);
});
