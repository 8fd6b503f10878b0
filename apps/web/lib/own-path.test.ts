import { expect, test } from "vitest";
import { loginPath, ownPath } from "./own-path";

test.each(["/settings/billing", "/teams/design-studio?view=list#members", "/"])("%s is followed", (path) => {
  expect(ownPath(path, "/home")).toBe(path);
});

test.each([
  undefined,
  null,
  "",
  "settings",
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/..//evil.example",
  "/./\\evil.example",
  "javascript:alert(1)",
  ["/settings", "/teams"],
])("%j leads nowhere else", (path) => {
  expect(ownPath(path, "/home")).toBe("/home");
});

test.each(["/login", "/login?callbackUrl=/login", "/signup", "/api/auth/signout"])(
  "%s is no page to return to",
  (path) => {
    expect(ownPath(path, "/home")).toBe("/home");
  },
);

test("the login page carries the way back", () => {
  const path = "/teams/night-shift?view=list&page=2";
  const url = new URL(loginPath(path), "http://own.invalid");
  expect(url.searchParams.get("callbackUrl")).toBe(path);
});
