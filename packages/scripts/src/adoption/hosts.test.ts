import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../lib/paths";
import { HOSTS } from "./hosts";

const readPage = (file: string) => fs.readFileSync(path.join(root, file), "utf8");
const headings = new Set([...readPage("INSTALL.md").matchAll(/^### (.+)$/gm)].map(([, heading]) => heading));

test("every section of INSTALL.md that is a choice is followed by some application, but for plain SQL", () => {
  const followed = new Set(HOSTS.flatMap(({ sections }) => sections));
  expect([...headings].filter((heading) => heading !== undefined && !followed.has(heading))).toEqual([
    "In an SQL transaction",
  ]);
});

test("CI tries each of them", () => {
  const [, hosts = ""] = /^ {8}host: \[(.+)\]$/m.exec(readPage(".github/workflows/ci.yml")) ?? [];
  expect(hosts.split(", ")).toEqual(HOSTS.map(({ name }) => name));
});
