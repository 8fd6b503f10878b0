import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { slugSchema } from "../../types/names";
import { slugFromName } from "./slug-from-name";

test.each([
  ["Upgrade button", "upgrade-button"],
  ["  Größerer Button (v2)! ", "grosserer-button-v2"],
  ["Überschrift – neu", "uberschrift-neu"],
  ["升级", ""],
  ["New", "new-experiment"],
  ["constructor", "constructor-experiment"],
])("%j becomes %j", (name, slug) => expect(slugFromName(name)).toBe(slug));

property.prop([fc.string({ maxLength: 200, unit: "grapheme" })])(
  "what it suggests is always a slug, or nothing",
  (name) => {
    const slug = slugFromName(name);
    expect(slug === "" || slugSchema.safeParse(slug).success).toBe(true);
  },
);
