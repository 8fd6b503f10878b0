import { describe, expect, test } from "vitest";
import { EnvironmentError, parseEnv } from "./env";
import { trackerSettings } from "./env-of-trackers";

const secret = "0123456789abcdef0123456789abcdef";
const complete = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://cal:pw@db.example:5432/cal",
  NEXTAUTH_URL: "https://cal.example",
  NEXTAUTH_SECRET: secret,
  VISITOR_COOKIE_SECRET: secret,
  PREVIEW_SECRET: secret,
};

function failureOf(source: Record<string, string | undefined>): EnvironmentError {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvironmentError) return error;
    throw error;
  }
  throw new Error("was accepted");
}

describe("parseEnv", () => {
  test("fills in what has a safe default and nothing else", () => {
    expect(parseEnv(complete)).toEqual({
      ...complete,
      POSTHOG_HOST: "https://us.i.posthog.com",
      CONSENT_MODE: "off",
      TRUSTED_PROXIES: { kind: "none" },
      DECISION_BUDGET_MS: 100,
      EXPERIMENT_BUDGET_MS: 50,
      DATABASE_POOL_SIZE: 20,
      KEEP_ALIVE_TIMEOUT: 75_000,
      SHUTDOWN_GRACE_MS: 1_000,
      EMBED_ROUTES: [],
      EMBED_ANCESTORS: [],
      LOG_LEVEL: "info",
    });
  });

  test.each(["DATABASE_URL", "NEXTAUTH_URL", "NEXTAUTH_SECRET", "VISITOR_COOKIE_SECRET", "PREVIEW_SECRET"])(
    "a missing %s is named in one sentence",
    (name) => {
      const error = failureOf({ ...complete, [name]: undefined });
      expect(error.variables).toEqual([name]);
      expect(error.message).toContain(`${name} is not set.`);
    },
  );

  test("an empty value counts as missing", () => {
    expect(failureOf({ ...complete, NEXTAUTH_SECRET: "" }).message).toContain("NEXTAUTH_SECRET is not set");
    expect(parseEnv({ ...complete, POSTHOG_KEY: "" }).POSTHOG_KEY).toBeUndefined();
  });

  test.each(trackerSettings)("%s, which sends events, is a setting", (name) => {
    expect(parseEnv({ ...complete, [name]: "a-key" })[name]).toBe("a-key");
  });

  test("a short secret is refused without being repeated", () => {
    const error = failureOf({ ...complete, PREVIEW_SECRET: "hunter2" });
    expect(error.message).toContain("PREVIEW_SECRET is shorter than 32 characters");
    expect(error.message).not.toContain("hunter2");
  });

  test.each(["mysql://root@localhost/cal", "localhost:5432", "cal"])(
    "a database URL that is not PostgreSQL's is refused: %s",
    (url) => {
      expect(failureOf({ ...complete, DATABASE_URL: url }).variables).toEqual(["DATABASE_URL"]);
    },
  );

  test.each([
    "postgres://localhost/cal",
    "postgresql://u@[::1]:5433/cal?sslmode=require",
    "postgresql:///cal?host=/run/pg",
  ])("the usual forms of a PostgreSQL URL are accepted: %s", (url) => {
    expect(parseEnv({ ...complete, DATABASE_URL: url }).DATABASE_URL).toBe(url);
  });

  test.each([
    [undefined, { kind: "none" }],
    ["0", { kind: "none" }],
    ["2", { kind: "hops", count: 2 }],
    ["10.0.0.1, 10.0.1.0/24", { kind: "addresses", addresses: ["10.0.0.1", "10.0.1.0/24"] }],
  ])("TRUSTED_PROXIES=%s is read as %o", (value, expected) => {
    expect(parseEnv({ ...complete, TRUSTED_PROXIES: value }).TRUSTED_PROXIES).toEqual(expected);
  });

  test.each([
    ["DATABASE_POOL_SIZE", "1", "connections from 2 to 500"],
    ["DATABASE_POOL_SIZE", "many", "connections from 2 to 500"],
    ["DATABASE_POOL_SIZE", "7.5", "connections from 2 to 500"],
    ["KEEP_ALIVE_TIMEOUT", "75s", "milliseconds from 1000 to 3600000"],
    ["SHUTDOWN_GRACE_MS", "60000", "milliseconds from 0 to 6000"],
    ["EXPERIMENT_BUDGET_MS", "0", "milliseconds from 1 to 10000"],
  ])(
    "a number out of its range is refused by one sentence that names the range: %s=%s",
    (name, value, range) => {
      expect(failureOf({ ...complete, [name]: value }).message).toBe(
        `${name} is not a whole number of ${range}. See .env.example for every variable and what it does.`,
      );
    },
  );

  test("several problems are told at once", () => {
    expect(failureOf({ ...complete, LOG_LEVEL: "loud", CONSENT_MODE: "maybe" }).variables.sort()).toEqual([
      "CONSENT_MODE",
      "LOG_LEVEL",
    ]);
  });
});
