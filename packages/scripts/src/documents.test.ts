import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { root } from "./lib/paths";
import { documents, files } from "./testing/documents";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));

test("there are documents to look at", () => {
  expect(documents).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]));
});

describe.each(documents)("%s", (document) => {
  test("links to files and headings that are there", () => {
    expect(linksOf(document).filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });

  test("names commands that are there", () => {
    const named = [...read(document).matchAll(/\bnpm run ([\w-]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  test("names files that are there", () => {
    expect(filesNamedIn(document).filter((name) => !NOT_YET_THERE.has(name) && !isThere(name))).toEqual([]);
  });
});

/** Files that a reader is to write, and patterns of names. */
const NOT_YET_THERE = new Set([
  "app/layout.tsx",
  "apps/web/modules/billing/PlansLink.tsx",
  "apps/web/playwright/x.e2e.ts",
  "packages/features/experiments/migrations/NNNN.sql",
  "prisma/migrations/20261203093000_add_invoices/migration.sql",
  "vercel.json",
  "x.integration.test.ts",
  "x.test.ts",
]);

describe("a link", () => {
  test.each([
    ["README.md", "CONTRIBUTING.md", true],
    ["README.md", "CONTRIBUTIN.md", false],
    ["CONTRIBUTING.md", "#add-a-page", true],
    ["CONTRIBUTING.md", "#add-a-pages", false],
    ["docs/decisions/README.md", "../../CONTRIBUTING.md#tests", true],
  ])("from %s to %s leads somewhere: %s", (from, to, expected) => {
    expect(leadsSomewhere(from, to)).toBe(expected);
  });
});

const decisions = documents.filter((file) => /^docs\/decisions\/\d{4}-/.test(file));

test.each(decisions)("%s is built like all others, and listed by its title", (file) => {
  const number = Number(path.basename(file).slice(0, 4));
  const [, title = ""] = /^# \d+\. (.+)$/m.exec(read(file)) ?? [];
  expect(read(file)).toMatch(new RegExp(`^# ${number}\\. .+\\n\\n\\w.*, \\d{4}-\\d{2}-\\d{2}\\.\\n\\n`));
  expect([...read(file).matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, part]) => part)).toEqual([
    "Context",
    "Decision",
    "Lost",
    "Consequence",
  ]);
  expect(read("docs/decisions/README.md")).toContain(`${number}. [${title}](${path.basename(file)})`);
});

function read(file: string): string {
  return fs.readFileSync(path.join(root, file), "utf8");
}

function proseOf(document: string): string {
  return read(document).replaceAll(/^ *```[\s\S]*?^ *```$/gm, "");
}

/** In backticks: by a path, or by the end of one. */
function filesNamedIn(document: string): string[] {
  const names = proseOf(document).matchAll(/`([\w./@()[\]-]+\.(?:tsx?|mjs|json|sql|md|yml))`/g);
  return [...names].map(([, name = ""]) => name);
}

function isThere(name: string): boolean {
  return files.some((file) => file === name || file.endsWith(`/${name}`));
}

/** Those inside of this repository. */
function linksOf(document: string): string[] {
  return [...proseOf(document).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^https?:/.test(target));
}

function leadsSomewhere(document: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? document : path.join(path.dirname(document), file);
  if (!fs.existsSync(path.join(root, target))) return false;
  return heading === undefined || anchorsOf(read(target)).includes(heading);
}

/** As GitHub makes them. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
