import { describe, expect, it } from "vitest";
import { computeHmac } from "./hmac";
import { type Preview, signPreviews, verifyPreviews } from "./preview-cookie";
import { MAX_PREVIEWS } from "./preview-link";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const NOW = Date.UTC(2026, 10, 23, 12);

const LINK = "f".repeat(32);

function aPreview(changes: Partial<Preview> = {}): Preview {
  return {
    slug: "upgrade-button-test",
    variant: "urgent",
    expiresAt: NOW + 1000,
    grantedTo: null,
    linkId: LINK,
    ...changes,
  };
}

describe("the preview cookie", () => {
  it("gives back what was signed, in any script", async () => {
    const previews = [aPreview(), aPreview({ slug: "größe-старт", grantedTo: 7, linkId: null })];
    expect(await verifyPreviews(await signPreviews(previews, SECRET), [SECRET], NOW)).toEqual(previews);
  });

  it("leaves out what has expired", async () => {
    const later = aPreview({ slug: "later", expiresAt: NOW + 2000 });
    const cookie = await signPreviews([aPreview(), later], SECRET);
    expect(await verifyPreviews(cookie, [SECRET], NOW + 1000)).toEqual([later]);
  });

  it("of the longest names still fits into what browsers keep", async () => {
    const longest = Array.from({ length: MAX_PREVIEWS + 3 }, (_, index) =>
      aPreview({ slug: `${index}`.padEnd(200, "s"), variant: "v".repeat(64), grantedTo: 2 ** 31 - 1 }),
    );
    const cookie = await signPreviews(longest, SECRET);
    expect(`cal_preview=${cookie}`.length).toBeLessThanOrEqual(4096);
    const kept = (await verifyPreviews(cookie, [SECRET], NOW)).map(({ slug }) => slug);
    expect(kept).toEqual(longest.slice(-MAX_PREVIEWS).map(({ slug }) => slug));
  });

  it("is refused with another secret, and with another payload under its signature", async () => {
    const cookie = await signPreviews([aPreview()], SECRET);
    const other = await signPreviews([aPreview({ variant: "control" })], SECRET);
    expect(await verifyPreviews(cookie, [`${SECRET}!`], NOW)).toEqual([]);
    const [, signature] = cookie.split(".");
    const [payload] = other.split(".");
    expect(await verifyPreviews(`${payload}.${signature}`, [SECRET], NOW)).toEqual([]);
  });

  it("of the secret before counts for as long as that is kept, under the new one first", async () => {
    const cookie = await signPreviews([aPreview()], SECRET);
    expect(await verifyPreviews(cookie, [`${SECRET}!`, SECRET], NOW)).toEqual([aPreview()]);
    expect(await verifyPreviews(cookie, [`${SECRET}!`, `${SECRET}?`], NOW)).toEqual([]);
  });

  it("is no link's signature", async () => {
    const [payload] = (await signPreviews([aPreview()], SECRET)).split(".");
    const signature = await computeHmac(`preview-link:${payload}`, SECRET);
    expect(await verifyPreviews(`${payload}.${signature}`, [SECRET], NOW)).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["an empty cookie", ""],
    ["no signature", "W10"],
    ["an overlong cookie", `${"A".repeat(5000)}.${"0".repeat(64)}`],
    ["something else entirely", '[["a","b",9e15,null]]'],
  ])("is nothing for %s", async (_, cookie) => {
    expect(await verifyPreviews(cookie, [SECRET], NOW)).toEqual([]);
  });
});
