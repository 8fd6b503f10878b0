import { describe, expect, test } from "vitest";
import { loginSchema, signupSchema } from "./types";

const ada = { name: "Ada Lovelace", email: "ada@example.com", password: "a long password" };

function issuesOf(input: unknown) {
  const result = signupSchema.safeParse(input);
  return result.success ? [] : result.error.issues.map(({ path, message }) => [path.join("."), message]);
}

describe("signupSchema", () => {
  test("takes an address in any spelling, and keeps it in one", () => {
    expect(signupSchema.parse({ ...ada, email: "  Ada@Example.COM " }).email).toBe("ada@example.com");
  });

  test.each([
    ["name", { ...ada, name: "   " }, "Enter your name."],
    ["email", { ...ada, email: "ada" }, "This isn’t an email address. Enter one such as ada@example.com."],
    ["password", { ...ada, password: "short" }, "Use at least 10 characters."],
    ["password", { ...ada, password: "ADA@example.com" }, "Choose a password that isn’t your email address."],
  ])("says at %s what to do", (field, input, message) => {
    expect(issuesOf(input)).toEqual([[field, message]]);
  });
});

test("an old, shorter password can still be typed to sign in", () => {
  expect(loginSchema.safeParse({ email: ada.email, password: "old" }).success).toBe(true);
});
