import { testDatabase } from "@calcom/scripts/testing";
import { expect, test } from "vitest";
import { refuseUnreachable } from "./app-database";
import { messageOf } from "./errors";
import { freePort } from "./free-port";

const { connectionString } = await testDatabase({ isEmpty: true });

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

// A server of TEST_DATABASE_URL may trust everybody.
test.runIf(new URL(connectionString).password !== "")(
  "a wrong password is told, and not repeated",
  async () => {
    const refusal = await refusalOf((url) => Object.assign(url, { password: "wrong-password" }));
    expect(refusal).toContain('refuses the user "');
  },
);
