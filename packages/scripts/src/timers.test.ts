import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "./lib/paths";

// A timer that is started within a request holds it until it ends. So server code has its timers from
// packages/lib/outside-request.ts. A limiter of a library starts one for each key.

const SERVER = [
  "packages/features",
  "packages/lib",
  "packages/trpc",
  "packages/statistics",
  "prisma",
  "apps/web",
];
const NOT_SERVED = /node_modules|\.next|\/generated\/|\/testing\/|\/e2e\/|\/playwright\/|\.test\.tsx?$/;
const IN_BROWSERS = /\/(client|hooks|context|components|devtools|transport|pages)\b/;

/** Each ends with the request that started it. */
const WITHIN_A_REQUEST = ["packages/lib/outside-request.ts", "packages/lib/within.ts"];

test("server code starts no timer of its own, which would hold the request in which it was started", () => {
  const found = SERVER.flatMap(filesOf)
    .filter((file) => {
      const text = fs.readFileSync(path.join(root, file), "utf8");
      if (IN_BROWSERS.test(file) || text.startsWith('"use client"')) return false;
      return /\b(setTimeout|setInterval)\(|\bRateLimiterMemory\b/.test(text);
    })
    .filter((file) => !WITHIN_A_REQUEST.includes(file));
  expect(found).toEqual([]);
});

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !NOT_SERVED.test(file));
}
