import { describe, expect, test } from "vitest";
import { deviceFor, rememberDevice } from "./device-cookie";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const ADA = "ada@example.com";
const BOB = "bob@example.com";

describe("the cookie of a known browser", () => {
  test("knows the account that signed in, and no other", () => {
    const cookie = rememberDevice(ADA, undefined, [SECRET]);
    expect(deviceFor(ADA, cookie, [SECRET])).toMatch(/^[\w-]{16}$/);
    expect(deviceFor(BOB, cookie, [SECRET])).toBeNull();
    expect(cookie).not.toContain("ada");
  });

  test("keeps the name of the browser as others sign in, up to five", () => {
    let cookie = rememberDevice(ADA, undefined, [SECRET]);
    const device = deviceFor(ADA, cookie, [SECRET]);
    for (let other = 0; other < 4; other++) cookie = rememberDevice(`${other}@example.com`, cookie, [SECRET]);
    expect(deviceFor(ADA, cookie, [SECRET])).toBe(device);
    cookie = rememberDevice(ADA, cookie, [SECRET]);
    expect(deviceFor(ADA, cookie, [SECRET])).toBe(device);
    for (let other = 4; other < 9; other++) cookie = rememberDevice(`${other}@example.com`, cookie, [SECRET]);
    expect(deviceFor(ADA, cookie, [SECRET])).toBeNull();
    expect(cookie.length).toBeLessThan(400);
  });

  test("differs between two browsers of one person", () => {
    const [one, two] = [1, 2].map(() => deviceFor(ADA, rememberDevice(ADA, undefined, [SECRET]), [SECRET]));
    expect(one).not.toBe(two);
  });

  test("keeps the name of the browser under a new secret, while the one before is kept", () => {
    const cookie = rememberDevice(ADA, undefined, [SECRET]);
    const device = deviceFor(ADA, cookie, [SECRET]);
    const rotated = [`${SECRET}!`, SECRET] as const;
    expect(deviceFor(ADA, cookie, rotated)).toBe(device);
    expect(deviceFor(ADA, rememberDevice(ADA, cookie, rotated), [rotated[0]])).toBe(device);
  });

  test("is worth nothing if it was changed, cut, or signed by another secret", () => {
    const cookie = rememberDevice(ADA, undefined, [SECRET]);
    const other = rememberDevice(BOB, undefined, [SECRET]);
    const [account = "", device = "", signature = ""] = cookie.split(".");
    const forged = [
      rememberDevice(ADA, undefined, [`${SECRET}!`]),
      `${account}.${"A".repeat(device.length)}.${signature}`,
      `${account}.${device}.${other.split(".")[2]}`,
      `${cookie}x`,
      cookie.slice(0, -1),
      `${account}.${device}~${cookie}`,
      "",
      ".",
      "x".repeat(10_000),
      cookie.replaceAll(".", "~"),
    ];
    for (const value of forged) expect(deviceFor(ADA, value, [SECRET]), value.slice(0, 80)).toBeNull();
  });
});
