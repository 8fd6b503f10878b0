import { describe, expect, test } from "vitest";
import { maskEmail, maskFacts } from "./mask";

test.each([
  ["jane.doe@dunder.example", "j…@d…"],
  ["a@b", "a…@b…"],
  ['"odd@name"@dunder.example', '"…@d…'],
  ["𝒿ane@dunder.example", "𝒿…@d…"],
  ["no address", "n…"],
  ["@", "…@…"],
])("of %s no more is told than %s", (email, masked) => {
  expect(maskEmail(email)).toBe(masked);
});

describe("facts", () => {
  test("lose every address, however deep it stands, and nothing else", () => {
    const facts = {
      plan: "teams",
      teamIds: [1, 2],
      attributes: {
        email: "jane@dunder.example",
        seats: 3,
        aliases: ["jd@dunder.example", "jd"],
        none: null,
      },
    };
    expect(maskFacts(facts)).toEqual({
      plan: "teams",
      teamIds: [1, 2],
      attributes: { email: "j…@d…", seats: 3, aliases: ["j…@d…", "jd"], none: null },
    });
  });
});
