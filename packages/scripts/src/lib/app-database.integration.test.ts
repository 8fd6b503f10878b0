import { freePort } from "@calcom/embedded-postgres/free-port";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { messageOf } from "@calcom/lib/script-error";
import pg from "pg";
import { afterEach, expect, test, vi } from "vitest";
import { openAppDatabase, openDatabaseToRead, refuseUnreachable } from "./app-database";

const { connectionString } = await testDatabase({ isEmpty: true });
const { connectionString: url } = await testDatabase({ isEmpty: true });
const { connectionString: bare } = await testDatabase({ isEmpty: true });

afterEach(() => vi.unstubAllEnvs());

async function refusalOf(change: (url: URL) => void): Promise<string> {
  const url = new URL(connectionString);
  url.password ||= "not-needed";
  change(url);
  try {
    await refuseUnreachable(url.href);
  } catch (error) {
    expect(messageOf(error)).not.toContain(url.password);
    return messageOf(error);
  }
  throw new Error("was accepted");
}

test("a database that answers is accepted", async () => {
  await expect(refuseUnreachable(connectionString)).resolves.toBeUndefined();
});

test("a port where nothing listens is named", async () => {
  const port = await freePort();
  const refusal = await refusalOf((url) => Object.assign(url, { port: String(port) }));
  expect(refusal).toContain(`nothing listens on 127.0.0.1:${port}`);
});

test("a database that is not there is named", async () => {
  const refusal = await refusalOf((url) => Object.assign(url, { pathname: "/calcom_nowhere" }));
  expect(refusal).toContain('has no database "calcom_nowhere"');
});

async function tables(): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

test("a database that is to be served as it is must have every migration, and none is applied", async () => {
  vi.stubEnv("DATABASE_URL", bare);
  await expect(openAppDatabase({ isMigrated: true })).rejects.toThrow(
    /lacks the migration 20261123000000_init and \d+ more: run `npm run migrate` first/,
  );
  await expect(openAppDatabase({ isMigrated: true })).rejects.toThrow("lacks the migration");
  await (await openAppDatabase()).stop();
  await expect(openAppDatabase({ isMigrated: true })).resolves.toMatchObject({
    url: bare,
    isEmbedded: false,
  });
});

test("a database that is opened to be read is not migrated", async () => {
  vi.stubEnv("DATABASE_URL", url);
  await expect(openDatabaseToRead()).rejects.toThrow("has no table of experiments");
  expect(await tables()).toEqual([]);

  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE TABLE "Feature" ("slug" text)`);
  await client.end();
  await (await openDatabaseToRead()).stop();
  expect(await tables()).toEqual(["Feature"]);
});

// A server of TEST_DATABASE_URL may trust everybody.
test.runIf(new URL(connectionString).password !== "")(
  "a wrong password is told, and not repeated",
  async () => {
    const refusal = await refusalOf((url) => Object.assign(url, { password: "wrong-password" }));
    expect(refusal).toContain('refuses the user "');
  },
);
