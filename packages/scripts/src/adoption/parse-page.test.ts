import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../lib/paths";
import { HOSTS } from "./hosts";
import { parsePage } from "./parse-page";

test("a page's blocks are files, by their first line, and commands, each under its heading", () => {
  const page = `# A page
## First
\`\`\`ts
// lib/a.ts
export const a = 1;
\`\`\`
Prose, and a block that is no step:
\`\`\`ts
import { a } from "./a";
\`\`\`
### Second
\`\`\`sql
-- migrations/1.sql
SELECT 1;
\`\`\`
\`\`\`sh
npm install
\`\`\`
`;
  expect(parsePage(page)).toEqual([
    { kind: "file", section: "First", file: "lib/a.ts", text: "export const a = 1;\n" },
    { kind: "file", section: "Second", file: "migrations/1.sql", text: "SELECT 1;\n" },
    { kind: "commands", section: "Second", text: "npm install\n" },
  ]);
});

test.each(HOSTS)("$name follows sections that INSTALL.md has, and its own pages are there", (host) => {
  const headings = parsePage(fs.readFileSync(path.join(root, "INSTALL.md"), "utf8")).map(
    ({ section }) => section,
  );
  for (const section of host.sections) expect(headings).toContain(section);
  for (const page of host.pages) {
    const file = path.join(import.meta.dirname, `hosts/${page}.md`);
    expect(parsePage(fs.readFileSync(file, "utf8")).length).toBeGreaterThan(0);
  }
});
