import { describe, expect, test } from "vitest";
import { refuseByEnvironment } from "./guard";

const envOf = (variables: Record<string, string>) => variables as unknown as NodeJS.ProcessEnv;

describe("invented visitors are refused", () => {
  test.each([
    ["in production", { NODE_ENV: "production" }, "NODE_ENV is production"],
    ["where analytics would hear of them", { POSTHOG_KEY: "phc_1" }, "POSTHOG_KEY is set"],
    ["on another machine", { DATABASE_URL: "postgres://a:b@db.acme.com/app" }, "leads to db.acme.com"],
    ["at an address that is none", { DATABASE_URL: "not an address" }, "is no address"],
  ])("%s", (_, env, sentence) => {
    expect(() => refuseByEnvironment(envOf(env))).toThrow(sentence);
  });
  test("and a password is never repeated", () => {
    expect(() =>
      refuseByEnvironment(envOf({ DATABASE_URL: "postgres://a:hunter2@db.acme.com/app" })),
    ).not.toThrow("hunter2");
  });
});

test.each([
  "postgres://a@localhost/app",
  "postgres://a@127.0.0.1:5432/app",
  "postgres://a@[::1]/app",
  "postgresql:///app?host=/run/postgresql",
  "",
])("they are let through on this machine: %j", (url) => {
  expect(() => refuseByEnvironment(envOf({ DATABASE_URL: url }))).not.toThrow();
});
