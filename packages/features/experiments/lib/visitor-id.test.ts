import { describe, expect, it } from "vitest";
import { mintVisitorId, mirrorVisitorId, signVisitorId, verifyVisitorId } from "./visitor-id";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const ID = "3f0c1d52-9d0a-4d5e-8f6b-0c2f4b1f7a11";
// openssl's HMAC-SHA256 of "cal_vid:<id>" with this secret.
const GOLDEN = `${ID}.639e50afd5ac0742e0bfeab371fd1aef5e505984105386d9f38c86bbf8604837`;

describe("the visitor cookie", () => {
  it("gives back the id that was signed", async () => {
    const { id, cookie } = await mintVisitorId(SECRET);
    expect(await verifyVisitorId(cookie, SECRET)).toBe(id);
  });

  it("is stable, so that nodes and versions agree on it", async () => {
    expect(await signVisitorId(ID, SECRET)).toBe(GOLDEN);
  });

  it("mints a new id each time", async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => mintVisitorId(SECRET)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(100);
  });

  it("refuses an id under another id's signature", async () => {
    const other = "00000000-0000-4000-8000-000000000000";
    expect(await verifyVisitorId(GOLDEN.replace(ID, other), SECRET)).toBeNull();
  });

  it("refuses a signature made with another secret", async () => {
    expect(await verifyVisitorId(await signVisitorId(ID, `${SECRET}!`), SECRET)).toBeNull();
    // The key of the first secret must not have been kept for the second.
    expect(await verifyVisitorId(GOLDEN, SECRET)).toBe(ID);
  });

  it.each([
    ["nothing", undefined],
    ["an empty cookie", ""],
    ["a bare id", ID],
    ["an id with an empty signature", `${ID}.`],
    ["a cut signature", GOLDEN.slice(0, -2)],
    ["a longer signature", `${GOLDEN}00`],
    ["a changed digit", GOLDEN.replace(/.$/, (last) => (last === "0" ? "1" : "0"))],
    ["upper case", GOLDEN.toUpperCase()],
    ["something else entirely", "<script>alert(1)</script>"],
  ])("refuses %s", async (_, cookie) => {
    expect(await verifyVisitorId(cookie, SECRET)).toBeNull();
  });
});

describe("the mirror in the browser", () => {
  it("does without a storage that throws", () => {
    const forbidden = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
    Object.defineProperty(globalThis, "localStorage", { configurable: true, get: forbidden });
    try {
      expect(() => mirrorVisitorId(ID)).not.toThrow();
    } finally {
      Reflect.deleteProperty(globalThis, "localStorage");
    }
  });
});
