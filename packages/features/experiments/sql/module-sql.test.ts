import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listModuleMigrations, type ModuleSqlSettings, renderModuleSql } from "./module-sql";
import { MODULE_VERSION } from "./module-version";
import { quoteName } from "./quote-name";

/** Databases have them: what has to change goes into a new file. Each release adds the file that it brings. */
const RELEASED = { "0001.sql": "201dcf55082d1cf98576c0b71300682eda5658224d4ab3d2dc791963d29d9d19" };

const settings: ModuleSqlSettings = {
  schema: "experiments",
  users: { table: "people", id: "personId" },
  teams: { schema: "crm", table: "accounts" },
};
const all = (changes: Partial<ModuleSqlSettings> = {}) =>
  listModuleMigrations({ ...settings, ...changes })
    .map(({ sql }) => sql)
    .join("\n");

/** Statements without their comments and without the bodies of functions. */
const definitions = (sql: string) =>
  sql
    .replaceAll(/^\s*--.*$/gm, "")
    .replaceAll(/\$\$[\s\S]*?\$\$/g, "$$")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");

describe("the module's SQL", () => {
  test("is numbered from one on, without a gap", () => {
    const numbers = listModuleMigrations(settings).map(({ name }) => Number(name.slice(0, 4)));
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(MODULE_VERSION).toBe(numbers.length);
  });

  test("says in its newest file which one that is", () => {
    const version = /FUNCTION "experiments"\.experiment_module_version\(\)[^$]*\$\$\s*SELECT (\d+)/;
    const [, said] = version.exec(listModuleMigrations(settings).at(-1)?.sql ?? "") ?? [];
    expect(Number(said)).toBe(MODULE_VERSION);
  });

  test("is, in each file that was released, what was released", () => {
    const folder = path.resolve(import.meta.dirname, "../migrations");
    for (const [file, digest] of Object.entries(RELEASED))
      expect(
        createHash("sha256")
          .update(fs.readFileSync(path.join(folder, file)))
          .digest("hex"),
        file,
      ).toBe(digest);
  });

  test("leaves no place empty, with teams and without", () => {
    for (const sql of [all(), all({ teams: null })]) expect(sql).not.toMatch(/\{\{|-- @/);
  });

  test("refers to the host's tables as they are called, and to no others", () => {
    const referred = new Set([...all().matchAll(/REFERENCES (\S+ \(\S+\))/g)].map(([, to]) => to));
    const hosts = [...referred].filter((to) => !to?.startsWith('"experiments".'));
    expect(hosts.sort()).toEqual(['"crm"."accounts" ("id")', '"public"."people" ("personId")']);
    expect(all()).toContain('BEFORE DELETE ON "public"."people"');
    expect(all()).toContain('OLD."personId"');
    expect(all()).not.toMatch(/"(User|Team|Membership|Subscription)"/);
  });

  test("does without the host's teams where it has none", () => {
    expect(all({ teams: null })).not.toContain("accounts");
    expect(all({ teams: null })).not.toContain("teamId_fkey");
  });

  test("names the schema of all that it makes, and of all that it makes it on", () => {
    const loose = definitions(all()).filter(
      (statement) =>
        !/^(CREATE (TYPE|DOMAIN|TABLE|STATISTICS|(OR REPLACE )?FUNCTION)|INSERT INTO|ALTER TABLE|LOCK TABLE|DELETE FROM) "experiments"\./.test(
          statement,
        ) &&
        !/^CREATE (UNIQUE )?INDEX (IF NOT EXISTS )?"\w+"\s+ON "experiments"\."\w+" /.test(statement) &&
        !/^CREATE TRIGGER "\w+" [\s\S]+ ON "(experiments|public)"\."\w+"\s[\s\S]*EXECUTE FUNCTION "experiments"\.\w+\(/.test(
          statement,
        ),
    );
    expect(loose).toEqual([]);
  });

  test("has functions that rely on no session's search path", () => {
    const functions = definitions(all()).filter((statement) =>
      /^CREATE (OR REPLACE )?FUNCTION/.test(statement),
    );
    expect(functions.length).toBeGreaterThan(15);
    for (const made of functions.filter((made) => !made.includes("LANGUAGE sql")))
      expect(made).toContain('SET search_path = "experiments", pg_temp');
  });

  test("has functions of SQL that name the schema of what they call", () => {
    const bodies = [...all().matchAll(/LANGUAGE sql[^$]*\$\$([\s\S]*?)\$\$/g)].map(([, body = ""]) => body);
    expect(bodies.length).toBeGreaterThan(0);
    for (const body of bodies)
      expect(body).not.toMatch(/(?<!\.)\b(murmur3|multiply_32_bits|is_rolled_out)\(/);
  });
});

describe("a name from a configuration", () => {
  test.each(["people", "_x", "Users2", "a$b", "x".repeat(63)])("that is %s is quoted", (name) => {
    expect(quoteName(name)).toBe(`"${name}"`);
  });

  test.each(["", "2x", 'a"b', "a b", "a;b", "a.b", "ä", "a\n", "x".repeat(64)])(
    "that is %j is refused",
    (name) => {
      expect(() => quoteName(name)).toThrow("cannot be a name");
      expect(() => all({ schema: name })).toThrow("cannot be a name");
      expect(() => all({ users: { table: name } })).toThrow("cannot be a name");
      expect(() => all({ teams: { table: "teams", id: name } })).toThrow("cannot be a name");
      expect(() => all({ ids: { users: name as never } })).toThrow("is no type of ids");
    },
  );
});

test("a place that nothing fills is found", () => {
  expect(() => renderModuleSql("CREATE TABLE {{other}}.x ();", settings)).toThrow("asks for other");
});
