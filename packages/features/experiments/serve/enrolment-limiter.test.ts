import { logger } from "@calcom/lib/logger";
import { expect, test, vi } from "vitest";
import { createEnrolmentLimiter } from "./enrolment-limiter";

function aLimiter() {
  const time = { now: 1_800_000_000_000 };
  return { limiter: createEnrolmentLimiter({ clock: () => time.now }), time };
}

/** As many requests without a cookie, over so long a time; returns how many of them took part. */
function flood(
  { limiter, time }: ReturnType<typeof aLimiter>,
  client: { address: string | null; isSharedAddress?: boolean },
  { requests = 21_000, ms = 33_000 } = {},
): number {
  let admitted = 0;
  for (let request = 0; request < requests; request++) {
    time.now += ms / requests;
    if (limiter.admits(client)) admitted++;
  }
  return admitted;
}

test.each([
  ["of the internet", { address: "203.0.113.7", isSharedAddress: false }, 300],
  ["that looks like a proxy", { address: "127.0.0.1", isSharedAddress: true }, 20_150],
])("21,000 requests of one client %s take no place of newcomers from elsewhere", (_, client, most) => {
  const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
  const site = aLimiter();
  expect(flood(site, client)).toBeLessThanOrEqual(most);
  for (const address of ["198.51.100.1", "2001:db8::1"])
    expect(site.limiter.admits({ address, isSharedAddress: false })).toBe(true);
  for (const address of ["127.0.0.2", null]) expect(site.limiter.admits({ address })).toBe(true);
  expect(warn.mock.calls.length).toBeLessThanOrEqual(2);
});

test("where no two clients can be told apart, newcomers take part as soon as the flood is over", () => {
  const site = aLimiter();
  flood(site, { address: null });
  site.time.now += 1_000;
  expect(flood(site, { address: null }, { requests: 20, ms: 10_000 })).toBe(20);
  // And of another flood no more than that.
  expect(flood(site, { address: null }, { requests: 10_000, ms: 10_000 })).toBeLessThanOrEqual(45);
});

test("the one client that has spent its places waits, as long as its neighbour takes part", () => {
  const site = aLimiter();
  flood(site, { address: "203.0.113.7", isSharedAddress: false }, { requests: 400, ms: 1_000 });
  site.time.now += 5_000;
  expect(site.limiter.admits({ address: "203.0.113.7", isSharedAddress: false })).toBe(false);
  expect(site.limiter.admits({ address: "203.0.113.8", isSharedAddress: false })).toBe(true);
});

test("a network of more subscribers than are counted apart keeps nobody out for long", () => {
  const site = aLimiter();
  for (let subscriber = 0; subscriber < 125_000; subscriber++)
    site.limiter.admits({
      address: `2001:db8:${(subscriber >> 16).toString(16)}:${(subscriber & 0xffff).toString(16)}::1`,
    });
  site.time.now += 1_000;
  expect(site.limiter.admits({ address: "198.51.100.1" })).toBe(true);
});

test("browsers that keep no cookie take no place of those that do", () => {
  const site = aLimiter();
  const address = "203.0.113.7";
  const taken = (isFirstSight: boolean) =>
    Array.from({ length: 400 }, () => site.limiter.admits({ address, isSharedAddress: false, isFirstSight }));
  expect(taken(true).filter(Boolean)).toHaveLength(300);
  expect(taken(false).filter(Boolean)).toHaveLength(300);
  site.time.now += 2 * 3_600_000;
  expect(site.limiter.admits({ address, isSharedAddress: false, isFirstSight: true })).toBe(true);
});

test("whoever reports too much is told when to come again", () => {
  const { limiter } = aLimiter();
  const reporter = { userId: 7, visitorId: null, address: null };
  expect(() => limiter.takeEvents(reporter, 241)).toThrow(
    expect.objectContaining({ code: "rate_limited", details: { retryAfterSeconds: expect.any(Number) } }),
  );
});
