import { describe, expect, it } from "vitest";
import { MAX_PREVIEWS, previewQuery, readPreviewQuery, signPreview, verifyPreview } from "./preview-link";
import { signVisitorId } from "./visitor-id";

const SECRET = "a-secret-of-at-least-thirty-two-characters";
const NOW = Date.UTC(2026, 10, 23, 12);
const IN_A_DAY = NOW + 24 * 60 * 60 * 1000;
const LINK = "0123456789abcdef0123456789abcdef";
const URGENT = { slug: "upgrade-button-test", variant: "urgent" };
const token = await signPreview(URGENT, { linkId: LINK, expiresAt: IN_A_DAY }, SECRET);

describe("a signed link", () => {
  it("is valid until the second it names, and says expired from then on", async () => {
    const verify = (now: number) => verifyPreview(URGENT, token, [SECRET], now);
    expect(await verify(NOW)).toEqual({ status: "valid", linkId: LINK, expiresAt: IN_A_DAY });
    expect(await verify(IN_A_DAY - 1)).toMatchObject({ status: "valid" });
    expect(await verify(IN_A_DAY)).toEqual({ status: "expired" });
  });

  it("is stable, so that nodes and versions agree on it", () => {
    // openssl's HMAC-SHA256 of preview-link:["upgrade-button-test","urgent",1795521600,"0123456789abcdef0123456789abcdef"] with this secret.
    expect(token).toBe(
      "tp09c0.0123456789abcdef0123456789abcdef.55132b3a1a4ff97b565ae77618b9caf6094de7f37b0efb8e515c1adb52f93713",
    );
  });

  it.each([
    ["another experiment", { ...URGENT, slug: "pricing-tiers" }],
    ["another variant", { ...URGENT, variant: "control" }],
    [
      "a variant that swallows the border between the two",
      { slug: 'upgrade-button-test","u', variant: "rgent" },
    ],
    ["the prototype", { slug: "__proto__", variant: "urgent" }],
  ])("opens nothing of %s", async (_, wanted) => {
    expect(await verifyPreview(wanted, token, [SECRET], NOW)).toEqual({ status: "forged" });
  });

  it("of another secret is forged, and the secret before it still holds", async () => {
    expect(await verifyPreview(URGENT, token, [`${SECRET}!`], NOW)).toEqual({ status: "forged" });
    const rotated = [`${SECRET}!`, SECRET];
    expect(await verifyPreview(URGENT, token, rotated, NOW)).toMatchObject({ status: "valid" });
    expect(await verifyPreview(URGENT, token, rotated, IN_A_DAY)).toEqual({ status: "expired" });
  });

  it("of a later expiry than was signed is forged, and never called expired", async () => {
    const [expiry = "", linkId, signature] = token.split(".");
    const later = (Number.parseInt(expiry, 36) + 1).toString(36);
    const past = (Number.parseInt(expiry, 36) - 90_000).toString(36);
    for (const changed of [later, past])
      expect(await verifyPreview(URGENT, `${changed}.${linkId}.${signature}`, [SECRET], NOW)).toEqual({
        status: "forged",
      });
  });

  it("is no visitor's signature, should both secrets be the same", async () => {
    const [, signature] = (await signVisitorId(JSON.stringify(Object.values(URGENT)), SECRET)).split(".");
    expect(await verifyPreview(URGENT, `${token.split(".")[0]}.${LINK}.${signature}`, [SECRET], NOW)).toEqual(
      {
        status: "forged",
      },
    );
  });

  it.each([
    ["nothing", ""],
    ["no signature", token.split(".")[0] ?? ""],
    ["another link", token.replace(LINK, LINK.replace("0", "1"))],
    ["the link of before there were any", `${token.split(".")[0]}.${token.split(".")[2]}`],
    ["a cut signature", token.slice(0, -1)],
    ["a longer signature", `${token}0`],
    ["upper case", token.toUpperCase()],
    ["a huge expiry", `${"z".repeat(500)}.${LINK}.${token.split(".")[2]}`],
    ["a megabyte", "a".repeat(1024 * 1024)],
    ["markup", "<script>alert(1)</script>"],
  ])("with %s for a token is forged", async (_, changed) => {
    expect(await verifyPreview(URGENT, changed, [SECRET], NOW)).toEqual({ status: "forged" });
  });
});

describe("the query of a link", () => {
  const second = { slug: "pricing-tiers", variant: "variant-a" };

  it("carries several experiments, and gives back the rest of the query", () => {
    const query = previewQuery([
      { ...URGENT, token: "one" },
      { ...second, token: "two" },
    ]);
    const read = readPreviewQuery(new URLSearchParams(`?tab=a&${query}&tab=b`));
    expect(read).toMatchObject({ wanted: [URGENT, second], tokens: ["one", "two"] });
    expect(read.rest.toString()).toBe("tab=a&tab=b");
  });

  it("of two variants of one experiment takes the first", () => {
    const query = new URLSearchParams("experiment.a=one&experiment.a=two");
    expect(readPreviewQuery(query).wanted).toEqual([{ slug: "a", variant: "one" }]);
  });

  it.each([
    ["no slug", "experiment.=urgent"],
    ["no variant", "experiment.a="],
    ["an overlong slug", `experiment.${"a".repeat(201)}=urgent`],
    ["an overlong variant", `experiment.a=${"a".repeat(65)}`],
    ["a NUL", "experiment.a%00=urgent"],
  ])("leaves out %s", (_, query) => {
    expect(readPreviewQuery(new URLSearchParams(query))).toMatchObject({ wanted: [], tokens: [] });
  });

  it("reads the names of every object as any other", () => {
    const query = new URLSearchParams("experiment.__proto__=urgent&experiment.constructor=urgent");
    expect(readPreviewQuery(query).wanted).toEqual([
      { slug: "__proto__", variant: "urgent" },
      { slug: "constructor", variant: "urgent" },
    ]);
  });

  it("asks for so many and no more, so that nobody makes us sign for long", () => {
    const query = new URLSearchParams();
    for (let index = 0; index < 1000; index++) {
      query.append(`experiment.slug-${index}`, "urgent");
      query.append("preview", token);
    }
    const { wanted, tokens } = readPreviewQuery(query);
    expect([wanted.length, tokens.length]).toEqual([MAX_PREVIEWS, MAX_PREVIEWS]);
  });
});
