import type { AddressInfo } from "node:net";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createMailer, type Mailer } from "./lib/server/mailer";
import { hashPassword } from "./lib/server/password";
import { createAuthModule } from "./server";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const PASSWORD = "quiet otters build dams";
const WANTED = "nine lamps over the harbour";
const client = { address: "203.0.113.7", isShared: false };
let passwordHash: string;

const mails: { to: string[]; text: string }[] = [];
const smtp = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onData(stream, session, done) {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      mails.push({ to, text: decode(Buffer.concat(parts).toString("utf8")) });
      done();
    });
  },
});

/** Quoted-printable, as far as a text in ASCII needs it. */
function decode(raw: string): string {
  return raw.replace(/=\r\n/g, "").replaceAll("=3D", "=");
}

let mailer: Mailer;
const { auth, passwords, sessions } = createAuthModule(database, {
  secrets: () => ["s".repeat(32)],
  mailer: () => mailer,
  address: () => "https://app.example.com",
});

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  await new Promise<void>((resolve) => smtp.listen(0, "127.0.0.1", resolve));
  const { port } = smtp.server.address() as AddressInfo;
  mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, from: "no-reply@app.example.com" });
});
beforeEach(() => void mails.splice(0));
afterAll(async () => {
  mailer.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await database.close();
});

let count = 0;
async function somebody() {
  count += 1;
  const email = `person-${count}@example.com`;
  const { id: userId } = await database.prisma.user.create({ data: { name: "Ada", email, passwordHash } });
  return { userId, name: "Ada", email };
}

async function signIn(email: string, password: string) {
  const signedIn = await auth.signIn({ email, password });
  return signedIn && { userId: signedIn.user.id, sessionId: signedIn.session.id, issuedAt: null };
}

async function ask(email: string): Promise<string[]> {
  passwords.requestReset({ email }, { address: null, isShared: true }, (link) => ({
    subject: "A link",
    text: `Hello\n\n${link}\n\nBye`,
  }));
  await passwords.settle();
  return mails.flatMap(({ text }) => /https?:\S+/.exec(text)?.[0] ?? []);
}

describe("a link by mail", () => {
  test("goes to the owner, leads to our own address, and replaces the password once", async () => {
    const ada = await somebody();
    const before = await signIn(ada.email, PASSWORD);
    const [link = ""] = await ask(ada.email);
    expect(mails.map(({ to }) => to)).toEqual([[ada.email]]);
    expect(link).toMatch(/^https:\/\/app\.example\.com\/reset-password\/new#[\w-]{43}$/);
    const token = link.split("#")[1];

    expect(await passwords.reset({ token, password: WANTED }, client)).toEqual({ email: ada.email });
    expect(await signIn(ada.email, PASSWORD)).toBeNull();
    expect(await signIn(ada.email, WANTED)).not.toBeNull();
    expect(before && (await sessions.isValid(before))).toBe(false);
    await expect(passwords.reset({ token, password: `${WANTED}!` }, client)).rejects.toMatchObject({
      code: "link_used",
    });
  });

  test("is not in the database, and is no use after half an hour", async () => {
    const ada = await somebody();
    const [link = ""] = await ask(ada.email);
    const token = link.split("#")[1] ?? "";
    const rows = await database.prisma.passwordReset.findMany({ where: { userId: ada.userId } });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    await database.pool.query(
      `UPDATE "PasswordReset" SET "expiresAt" = "expiresAt" - interval '30 minutes' WHERE "userId" = $1`,
      [ada.userId],
    );
    await expect(passwords.reset({ token, password: WANTED }, client)).rejects.toMatchObject({
      code: "link_used",
    });
  });

  test("of several, each may be used first, and then none; of two at once one wins", async () => {
    const ada = await somebody();
    await ask(ada.email);
    const links = await ask(ada.email);
    const tokens = links.map((link) => link.split("#")[1]);
    expect(new Set(tokens).size).toBe(2);
    const outcomes = await Promise.allSettled(
      [tokens[0], tokens[0], tokens[1]].map((token) => passwords.reset({ token, password: WANTED }, client)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBe(1);
    expect(await database.prisma.passwordReset.count({ where: { userId: ada.userId } })).toBe(0);
  });

  test("survives a password that is refused", async () => {
    const ada = await somebody();
    const [link = ""] = await ask(ada.email);
    const token = link.split("#")[1];
    for (const password of ["short", "password1234"])
      await expect(passwords.reset({ token, password }, client)).rejects.toMatchObject({
        code: "invalid_input",
        field: "password",
      });
    await passwords.reset({ token, password: WANTED }, client);
  });

  test("is answered alike, and at once, where nobody has the address", async () => {
    const ada = await somebody();
    const slow: Mailer = { send: () => new Promise(() => {}), close() {} };
    const { passwords: stuck } = createAuthModule(database, { mailer: () => slow });
    const letter = () => ({ subject: "", text: "" });
    const answers = [ada.email, "nobody@example.com"].map((email) =>
      // Nothing is awaited: there is no time to tell them apart by.
      stuck.requestReset({ email }, client, letter),
    );
    expect(answers).toEqual([undefined, undefined]);
    expect(await ask("nobody@example.com")).toEqual([]);
    expect(mails).toEqual([]);
  });

  test("that cannot be sent is a line of the log, and twenty that hang are all that are kept", async () => {
    const { logger } = await import("@calcom/lib/logger");
    const error = vi.spyOn(logger, "error").mockImplementation(() => {});
    const letter = () => ({ subject: "", text: "" });
    const shared = { address: null, isShared: true };
    const failing: Mailer = { send: () => Promise.reject(new Error("no route")), close() {} };
    const { passwords: broken } = createAuthModule(database, { mailer: () => failing });
    broken.requestReset({ email: (await somebody()).email }, shared, letter);
    await broken.settle();
    expect(error).toHaveBeenCalledOnce();

    const slow: Mailer = { send: () => new Promise(() => {}), close() {} };
    const { passwords: stuck } = createAuthModule(database, { mailer: () => slow });
    const people = await Promise.all(Array.from({ length: 21 }, somebody));
    const last = people.pop();
    for (const { email } of people) stuck.requestReset({ email }, shared, letter);
    expect(() => stuck.requestReset({ email: last?.email }, shared, letter)).toThrow(
      expect.objectContaining({ code: "too_busy", details: { retryAfterSeconds: 60 } }),
    );
  });

  test("is not promised where no mail can be sent", () => {
    const { passwords: mute } = createAuthModule(database, { mailer: () => null });
    expect(mute.sendsMail).toBe(false);
    const letter = () => ({ subject: "", text: "" });
    expect(() => mute.requestReset({ email: "ada@example.com" }, client, letter)).toThrow(
      expect.objectContaining({ code: "no_mail" }),
    );
  });
});

describe("changing the password", () => {
  test("needs the present one, ends all other sessions, and takes links back", async () => {
    const ada = await somebody();
    const [here, elsewhere] = [await signIn(ada.email, PASSWORD), await signIn(ada.email, PASSWORD)];
    if (here === null || elsewhere === null) throw new Error("Nobody was signed in.");
    const person = { ...ada, sessionId: here.sessionId };
    await ask(ada.email);
    await expect(
      passwords.change(person, { current: "a wrong one", password: WANTED }, client),
    ).rejects.toMatchObject({ code: "wrong_password", field: "current" });
    expect(await sessions.isValid(elsewhere)).toBe(true);

    await passwords.change(person, { current: PASSWORD, password: WANTED }, client);
    expect([await sessions.isValid(here), await sessions.isValid(elsewhere)]).toEqual([true, false]);
    expect(await signIn(ada.email, PASSWORD)).toBeNull();
    expect(await signIn(ada.email, WANTED)).not.toBeNull();
    expect(await database.prisma.passwordReset.count({ where: { userId: ada.userId } })).toBe(0);
  });

  test("refuses what is easy to guess, and stops who guesses the present one", async () => {
    const ada = await somebody();
    const here = await signIn(ada.email, PASSWORD);
    const person = { ...ada, sessionId: here?.sessionId ?? "" };
    await expect(
      passwords.change(person, { current: PASSWORD, password: "Ada123456789" }, client),
    ).rejects.toMatchObject({ code: "invalid_input", field: "password" });
    const codes = [];
    for (let guess = 0; guess < 8; guess++)
      codes.push(
        await passwords.change(person, { current: `guess ${guess}`, password: WANTED }, client).then(
          () => "changed",
          (error: { code: string }) => error.code,
        ),
      );
    expect(codes).not.toContain("changed");
    expect(codes.at(-1)).toBe("too_many_attempts");
  });
});
