import { describe, expect, test } from "vitest";
import { clientAddress } from "./client-address";

function from(forwarded: string | null) {
  return new Headers(forwarded === null ? {} : { "x-forwarded-for": forwarded });
}

describe("clientAddress", () => {
  test("believes nobody where no proxy is trusted", () => {
    expect(clientAddress(from("203.0.113.7"), { kind: "none" })).toBeNull();
  });

  test.each([
    [1, "198.51.100.1, 203.0.113.7", "203.0.113.7"],
    [2, "198.51.100.1, 203.0.113.7, 10.0.0.1", "203.0.113.7"],
    [2, "203.0.113.7", null],
    [1, "not an address", null],
    [1, null, null],
  ])(
    "behind %i hops, what a client has written before theirs counts for nothing (%s)",
    (count, header, address) => {
      expect(clientAddress(from(header), { kind: "hops", count })).toBe(address);
    },
  );

  test.each([
    ["198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"],
    ["203.0.113.7, 192.0.2.4, 10.1.2.3", "203.0.113.7"],
    ["10.1.2.3", null],
    ["203.0.113.7, forged, 10.1.2.3", null],
  ])("behind named proxies, the last address that is none of theirs (%s)", (header, address) => {
    const addresses = ["10.0.0.0/8", "192.0.2.4"];
    expect(clientAddress(from(header), { kind: "addresses", addresses })).toBe(address);
  });

  test.each([
    ["203.0.113.7:4711", "203.0.113.7"],
    ["[2001:DB8::1]:4711", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
  ])("reads %s in one spelling", (header, address) => {
    expect(clientAddress(from(header), { kind: "hops", count: 1 })).toBe(address);
  });
});
