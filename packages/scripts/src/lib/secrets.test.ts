import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseEnv } from "@calcom/lib/env";
import { afterEach, beforeEach, expect, test } from "vitest";
import { embeddedSecrets } from "./secrets";

let dir: string;

beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-secrets-"));
});

afterEach(() => {
  fs.rmSync(dir, { recursive: true, force: true });
});

test("secrets are made once, each its own, good enough for the server, and for our eyes alone", () => {
  const secrets = embeddedSecrets(dir);
  expect(embeddedSecrets(dir)).toEqual(secrets);
  expect(new Set(Object.values(secrets)).size).toBe(3);
  expect(fs.statSync(path.join(dir, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(fs.readdirSync(dir)).toEqual(["secrets.json"]);
  const env = { ...secrets, DATABASE_URL: "postgresql://localhost/x", NEXTAUTH_URL: "http://localhost:3000" };
  expect(parseEnv(env)).toMatchObject(secrets);
});

test("two installations have different secrets", () => {
  const other = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-secrets-"));
  try {
    expect(embeddedSecrets(other)).not.toEqual(embeddedSecrets(dir));
  } finally {
    fs.rmSync(other, { recursive: true });
  }
});

test("a file that lacks one is named", () => {
  fs.writeFileSync(path.join(dir, "secrets.json"), "{}");
  expect(() => embeddedSecrets(dir)).toThrow(/secrets\.json lacks NEXTAUTH_SECRET: remove the file/);
});
