import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../lib/paths";
import { parseDockerfile } from "./dockerfile";
import { createIgnore } from "./ignore";

const text = fs.readFileSync(path.join(root, "Dockerfile"), "utf8");

describe("the Dockerfile", () => {
  const stages = parseDockerfile(text);
  const last = stages.at(-1);

  test("has a user without rights, a health check, and a command that node itself is", () => {
    const steps = last?.steps ?? [];
    const user = steps.findIndex(({ kind }) => kind === "user");
    expect(steps[user]).toEqual({ kind: "user", name: "node" });
    expect(steps.slice(user).some(({ kind }) => kind === "run")).toBe(false);
    expect(steps).toContainEqual({ kind: "cmd", command: ["node", "apps/web/server.js"] });
    expect(JSON.stringify(steps.find(({ kind }) => kind === "healthcheck"))).toContain("/api/health");
  });

  test("is built with the version of Node that the repository asks for, or a newer one", () => {
    const { engines } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
    const version = /^node:([\d.]+)-/.exec(last?.base ?? "")?.[1] ?? "";
    expect(version.localeCompare(engines.node.slice(2), "en", { numeric: true })).toBeGreaterThanOrEqual(0);
  });
});

test.each([
  ["FROM a\nSHELL x", "SHELL"],
  ["FROM a\nCMD npm start", "as a list"],
  ["RUN x", "begins with"],
])("%j is refused", (dockerfile, words) => {
  expect(() => parseDockerfile(dockerfile)).toThrow(words);
});

test(".dockerignore leaves out what holds secrets or is made anew, and no source", () => {
  const isIgnored = createIgnore(fs.readFileSync(path.join(root, ".dockerignore"), "utf8"));
  for (const file of [
    ".env",
    ".env.local",
    ".data/secrets.json",
    ".git/config",
    "node_modules/x/index.js",
    "apps/web/node_modules/x.js",
    "apps/web/.next/BUILD_ID",
    "prisma/generated/client.ts",
  ])
    expect([file, isIgnored(file)]).toEqual([file, true]);
  for (const file of [
    "package.json",
    ".npmrc",
    "apps/web/proxy.ts",
    "prisma/schema.prisma",
    "packages/lib/env.ts",
    "environment.ts",
  ])
    expect([file, isIgnored(file)]).toEqual([file, false]);
});
