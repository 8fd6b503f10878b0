import { describe, expect, test } from "vitest";
import { hashOfNobody, hashPassword, needsRehash, verifyPassword } from "./password";

const cheap = { ln: 4, r: 8, p: 1 };

describe("passwords", () => {
  test("are accepted by their own hash and by no other", async () => {
    const hash = await hashPassword("correct horse", undefined, cheap);
    expect(await verifyPassword("correct horse", hash)).toBe(true);
    expect(await verifyPassword("correct horsf", hash)).toBe(false);
    expect(await verifyPassword("", hash)).toBe(false);
  });

  test("leave no trace in the hash, which differs each time", async () => {
    const [one, two] = await Promise.all([
      hashPassword("same", undefined, cheap),
      hashPassword("same", undefined, cheap),
    ]);
    expect(one).not.toEqual(two);
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  });

  test("are the same however the keyboard composes their letters", async () => {
    const composed = "caf\u00e9";
    const decomposed = "cafe\u0301";
    expect(await verifyPassword(decomposed, await hashPassword(composed, undefined, cheap))).toBe(true);
  });

  test("stay readable when the cost is raised, and are due for a new hash", async () => {
    const old = await hashPassword("kept", undefined, cheap);
    const current = await hashPassword("kept");
    expect(await verifyPassword("kept", old)).toBe(true);
    expect(needsRehash(old)).toBe(true);
    expect(needsRehash(current)).toBe(false);
  });

  test("are checked at full cost for an address that nobody has", async () => {
    const hash = hashOfNobody();
    expect(needsRehash(hash)).toBe(false);
    expect(await verifyPassword("anything", hash)).toBe(false);
  });

  test.each([
    "",
    "plain",
    "$2b$10$abcdefghijklmnopqrstuv",
    "$scrypt$ln=4,r=8,p=1$c2FsdA$",
    "$scrypt$ln=4,r=8,p=1$c2FsdA$c2hvcnQ",
  ])("a damaged hash (%s) is an error and never a match", async (stored) => {
    await expect(verifyPassword("anything", stored)).rejects.toThrow("is not of the form");
  });
});
