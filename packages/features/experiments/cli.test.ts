import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { ScriptError } from "@calcom/lib/script-error";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./cli";
import { listModuleMigrations, type ModuleSqlSettings } from "./sql/module-sql";
import { readWritten } from "./sql/written-migrations";

const NOW = new Date("2027-03-04T05:06:07Z");
const ALL = listModuleMigrations({ schema: "experiments", users: { table: "people" }, teams: null }).map(
  ({ name }) => name,
);
/** As they are called that are written at the time of the tests, a second apart. */
const WRITTEN = ALL.map((name, index) => `${20270304050607 + index}_experiments_${name}`);
const PLAIN = WRITTEN.map((name) => `${name}.sql`);
/** As Drizzle calls them, from its given number on. */
const taggedFrom = (start: number) =>
  ALL.map((name, index) => `${String(start + index).padStart(4, "0")}_experiments_${name}`);
let folder: string;
beforeEach(() => {
  folder = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "experiments-cli-")), "prisma/migrations");
  fs.mkdirSync(folder, { recursive: true });
});
afterEach(() => fs.rmSync(path.resolve(folder, "../.."), { recursive: true, force: true }));

const run = (...args: string[]) => runCli(args, NOW);
const files = () => fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
const read = (file: string) => fs.readFileSync(path.join(folder, file), "utf8");

describe("init", () => {
  test("writes a folder for each migration where Prisma's are", () => {
    const said = run(
      "init",
      folder,
      "--users",
      "people:person_id",
      "--teams",
      "crm.accounts",
      "--user-id",
      "text",
    );
    expect(files()).toEqual(WRITTEN.flatMap((name) => [name, `${name}/migration.sql`]));
    expect(said).toContain("20270304050607_experiments_0001/migration.sql");
    const settings = {
      schema: "experiments",
      users: { table: "people", id: "person_id" },
      teams: { schema: "crm", table: "accounts" },
      ids: { users: "text", teams: "integer" },
      hasForeignKeys: true,
      flags: null,
    } as const;
    for (const [index, { name, sql }] of listModuleMigrations(settings).entries()) {
      const schema = index === 0 ? 'CREATE SCHEMA IF NOT EXISTS "experiments";\n' : "";
      expect(read(`${WRITTEN[index]}/migration.sql`)).toBe(
        `-- experiments ${name} ${JSON.stringify(settings)}\n${schema}${sql}`,
      );
    }
    expect(readWritten(folder)).toEqual({ settings, names: ALL });
  });

  test("writes a file elsewhere, or where it is told to", () => {
    run("init", folder, "--users", "people", "--format", "sql");
    expect(files()).toEqual(PLAIN);
    const plain = path.resolve(folder, "..");
    fs.rmSync(folder, { recursive: true });
    run("init", plain, "--users", "people");
    expect(fs.readdirSync(plain)).toEqual(PLAIN);
  });

  test("writes a file and an entry in the journal where Drizzle's are, after all that is there", () => {
    const plain = path.resolve(folder, "..");
    fs.mkdirSync(path.join(plain, "meta"));
    const journal = path.join(plain, "meta/_journal.json");
    const later = NOW.getTime() + 60_000;
    const first = { idx: 0, version: "7", when: later, tag: "0000_flawless", breakpoints: true };
    fs.writeFileSync(journal, JSON.stringify({ version: "7", dialect: "postgresql", entries: [first] }));
    run("init", plain, "--users", "people");
    expect(fs.existsSync(path.join(plain, "0001_experiments_0001.sql"))).toBe(true);
    expect(JSON.parse(fs.readFileSync(journal, "utf8"))).toEqual({
      version: "7",
      dialect: "postgresql",
      entries: [
        first,
        ...taggedFrom(1).map((tag, index) => {
          const idx = index + 1;
          return { idx, version: "7", when: later + idx, tag, breakpoints: true };
        }),
      ],
    });
    expect(run("upgrade", plain)).toContain("has all of it already");
  });

  test("names files of Drizzle by the time where those before are", () => {
    const plain = path.resolve(folder, "..");
    fs.mkdirSync(path.join(plain, "meta"));
    const first = { idx: 0, version: "7", when: 1, tag: "20260101000000_flawless" };
    const text = JSON.stringify({ version: "7", entries: [first] });
    fs.writeFileSync(path.join(plain, "meta/_journal.json"), text);
    run("init", plain, "--users", "people");
    expect(fs.existsSync(path.join(plain, "20270304050607_experiments_0001.sql"))).toBe(true);
  });

  test("comes after migrations that are of a time to come", () => {
    fs.mkdirSync(path.join(folder, "20291231235959_later"));
    run("init", folder, "--users", "people");
    expect(files()).toContain("20291231235960_experiments_0001");
  });

  test("makes no schema that everybody has", () => {
    run("init", folder, "--users", "people", "--schema", "public");
    expect(read("20270304050607_experiments_0001/migration.sql")).not.toContain("CREATE SCHEMA");
  });

  test("is refused a second time, and changes nothing", () => {
    run("init", folder, "--users", "people");
    const before = files();
    expect(() => run("init", folder, "--users", "people")).toThrow('use "upgrade"');
    expect(files()).toEqual(before);
  });

  test.each([
    [["doctor"], "Say where the database is"],
    [["doctor", "--url", "postgresql://x", "--schema", "my schema"], "cannot be a name"],
    [["verify"], "Say which experiment"],
    [["verify", "a"], "Say where the database is: experiments verify"],
    [["verify", "a", "b", "--url", "postgresql://x"], 'Leave "b" out'],
    [["init"], "Say where your migrations are"],
    [["init", "/no/such/folder", "--users", "people"], "There is no folder"],
    [["init", import.meta.filename, "--users", "people"], "There is no folder"],
    [["upgrade", import.meta.filename], "There is no folder"],
    [["init", "FOLDER", "people"], 'Leave "people" out'],
    [["init", "FOLDER", "--users", "people", "--url", "postgresql://x"], "Leave --url out"],
    [["upgrade", "FOLDER", "--schema", "other"], "Leave --schema out: upgrade does not take it, and goes by"],
    [["uninstall", "FOLDER", "--users", "people"], "Leave --users out"],
    [["doctor", "postgresql://x"], 'Leave "postgresql://x" out'],
    [["doctor", "--url", "postgresql://x", "--users", "people"], "Leave --users out"],
    [["init", "FOLDER", "--users", "people", "--schema", "a$$b"], "cannot be a name"],
    [["init", "FOLDER"], "Say which table has your people"],
    [["init", "FOLDER", "--users", "a.b.c"], "is no table"],
    [["init", "FOLDER", "--users", 'people"; DROP TABLE x; --'], "cannot be a name"],
    [["init", "FOLDER", "--users", "people", "--schema", "my schema"], "cannot be a name"],
    [["init", "FOLDER", "--users", "people", "--format", "yaml"], "is no format"],
    [["init", "FOLDER", "--users", "people", "--flags-tables", "a b"], 'in "public" alone'],
    [["init", "FOLDER", "--users", "people", "--flags-tables", "app"], 'in "public" alone'],
    [["uninstall", "FOLDER"], 'use "init"'],
    [
      ["init", "FOLDER", "--users", "people", "--format", "drizzle"],
      "generate a migration with Drizzle first",
    ],
    [["init", "FOLDER", "--users", "people", "--user-id", "int4"], "is not a type of ids"],
    [["init", "FOLDER", "--users", "people", "--team-id", "text; DROP TABLE x"], "is not a type of ids"],
    [["init", "FOLDER", "--owner", "me"], "--owner"],
    [["remove", "FOLDER"], "There is no command"],
    [["constructor", "FOLDER"], "There is no command"],
  ])("of %j says what is wrong, and writes nothing", (args, said) => {
    expect(() => run(...args.map((arg) => (arg === "FOLDER" ? folder : arg)))).toThrow(said);
    expect(files()).toEqual([]);
  });
});

test("a folder above the migrations is refused, where what is written would be found by nobody", () => {
  const above = path.resolve(folder, "..");
  expect(() => run("init", above, "--users", "people")).toThrow('has a folder "migrations"');
  expect(fs.readdirSync(above)).toEqual(["migrations"]);
  expect(run("init", above, "--users", "people", "--format", "sql")).toContain("experiments_0001.sql");
});

test("a folder whose name ends like a file's is no file", () => {
  fs.mkdirSync(path.join(folder, "old.sql"));
  expect(run("init", folder, "--users", "people")).toContain("experiments_0001");
});

describe("Drizzle's journal", () => {
  const journal = () => path.join(folder, "meta/_journal.json");
  const empty = JSON.stringify({ version: "7", dialect: "postgresql", entries: [] });
  const tags = () =>
    JSON.parse(fs.readFileSync(journal(), "utf8")).entries.map((entry: { tag: string }) => entry.tag);
  beforeEach(() => {
    fs.mkdirSync(path.join(folder, "meta"));
    fs.writeFileSync(journal(), empty);
  });

  test("is completed by upgrade where init was ended before it", () => {
    run("init", folder, "--users", "people");
    fs.writeFileSync(journal(), empty);
    expect(run("upgrade", folder)).toContain("0000_experiments_0001.sql");
    expect(tags()).toEqual(taggedFrom(0));
    expect(run("upgrade", folder)).toContain("has all of it already");
    expect(tags()).toHaveLength(ALL.length);
  });

  test("is completed by uninstall where that was ended before it", () => {
    run("init", folder, "--users", "people");
    const installed = fs.readFileSync(journal(), "utf8");
    run("uninstall", folder);
    fs.writeFileSync(journal(), installed);
    const uninstall = `${String(ALL.length).padStart(4, "0")}_experiments_uninstall`;
    expect(run("uninstall", folder)).toContain(`${uninstall}.sql`);
    expect(tags()).toEqual([...taggedFrom(0), uninstall]);
    expect(() => run("uninstall", folder)).toThrow('use "init"');
  });
});

test.each(["postgresql://localhost:1/app", "postgresql://nobody:secret@127.0.0.1:1/app", "postgresql://%zz"])(
  "doctor says in a sentence that nothing answers at %s, without what is secret",
  async (url) => {
    const failure = await Promise.resolve(run("doctor", "--url", url)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ScriptError);
    expect(String(failure)).not.toContain("secret");
  },
);

describe("upgrade", () => {
  test("writes what is missing and nothing else, for the settings of init", () => {
    run("init", folder, "--users", "people:person_id", "--user-id", "uuid", "--flags-tables", "public");
    const writtenSql = () => files().filter((name) => name.endsWith(".sql"));
    const readAll = () => writtenSql().map((file) => [file, read(file)]);
    const before = readAll();
    // As a version has left it that came with the first one alone.
    for (const later of writtenSql().slice(1))
      fs.rmSync(path.dirname(path.join(folder, later)), { recursive: true });
    expect(run("upgrade", folder)).not.toContain("experiments_0001");
    expect(readAll()).toEqual(before);
  });

  test("leaves out what is older than what is there, as where an application has tables from before the first one", () => {
    run("init", folder, "--users", "people");
    fs.rmSync(path.join(folder, WRITTEN[0] ?? ""), { recursive: true });
    expect(run("upgrade", folder)).toContain("has all of it already");
  });

  test("has written the migrations of this application, from the second one on", () => {
    const own = path.resolve(import.meta.dirname, "../../../prisma/migrations");
    expect(run("upgrade", own)).toContain("has all of it already");
    const { settings, names } = readWritten(own) ?? {};
    expect(names).toEqual(ALL.slice(1));
    const written = fs
      .readdirSync(own, { recursive: true, encoding: "utf8" })
      .filter((file) => /_experiments_\d+\/migration\.sql$/.test(file))
      .sort()
      .map((file) => fs.readFileSync(path.join(own, file), "utf8"));
    expect(written).toEqual(
      listModuleMigrations(settings as ModuleSqlSettings)
        .slice(1)
        .map(({ name, sql }) => `-- experiments ${name} ${JSON.stringify(settings)}\n${sql}`),
    );
  });

  test("has nothing to write where all of it is there", () => {
    run("init", folder, "--users", "people");
    const before = files();
    expect(run("upgrade", folder)).toContain("has all of it already");
    expect(files()).toEqual(before);
  });

  test("is refused where there was no init, and where the files disagree", () => {
    expect(() => run("upgrade", folder)).toThrow('use "init"');
    run("init", folder, "--users", "people");
    const other = path.join(folder, "20300101000000_other.sql");
    fs.writeFileSync(other, '-- experiments 0002 {"schema":"public","users":{"table":"x"},"teams":null}\n');
    expect(() => run("upgrade", folder)).toThrow("other settings");
    fs.rmSync(other);
    fs.writeFileSync(path.join(folder, "2_bad.sql"), '-- experiments 0001 {"schema":7}\n');
    for (const name of WRITTEN) fs.rmSync(path.join(folder, name), { recursive: true });
    expect(() => run("upgrade", folder)).toThrow("says no settings");
  });
});

describe("without foreign keys", () => {
  test("no table is needed, and the trigger that forgets is printed", () => {
    const said = run("init", folder, "--no-foreign-keys");
    expect(said).toContain('forget_experiment_user(OLD."id")');
    expect(said).toContain("AFTER DELETE ON public.your_users");
    expect(said).not.toContain("forget_experiment_team");
    expect(readWritten(folder)?.settings).toMatchObject({ users: null, hasForeignKeys: false });
  });

  test("the trigger stands on the tables that are named", () => {
    const tables = ["--users", "people:person_id", "--teams", "crm.accounts"];
    const said = run("init", folder, "--no-foreign-keys", ...tables);
    expect(said).toContain('forget_experiment_user(OLD."person_id")');
    expect(said).toContain('AFTER DELETE ON "crm"."accounts"');
  });
});

describe("uninstall", () => {
  test("writes what takes it out, after which it can be installed anew", () => {
    run("init", folder, "--users", "people");
    expect(run("uninstall", folder)).toContain("experiments_uninstall");
    expect(readWritten(folder)).toBeNull();
    expect(() => run("uninstall", folder)).toThrow('use "init"');
    expect(() => run("upgrade", folder)).toThrow('use "init"');
    run("init", folder, "--users", "people", "--schema", "other");
    expect(readWritten(folder)).toMatchObject({ names: ALL, settings: { schema: "other" } });
  });
});

test("help says what there is", () => {
  for (const args of [[], ["--help"], ["init", "--help"]])
    expect(run(...args)).toContain("experiments upgrade");
});
