import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, describe, expect, test } from "vitest";
import { hashPassword } from "./lib/server/password";
import { createAuth } from "./server";

const { connectionString } = await testDatabase();
const database = createDatabase({ connectionString });
const auth = createAuth(database);
afterAll(() => database.close());

let count = 0;
function somebody() {
  count += 1;
  return { name: "Ada Lovelace", email: `ada-${count}@example.com`, password: "quiet otters build dams" };
}

describe("signUp", () => {
  test("makes a plain user, who can sign in at once", async () => {
    const ada = somebody();
    const user = await auth.signUp({ ...ada, email: ada.email.toUpperCase() });
    expect(user).toEqual({ id: expect.any(Number), name: ada.name, email: ada.email, role: "USER" });
    expect(await auth.signIn(ada)).toMatchObject({ user });
  });

  test("keeps no password", async () => {
    const ada = somebody();
    const { id } = await auth.signUp(ada);
    const row = await database.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(ada.password);
  });

  test("of two at once with one address, one gets it and the other is told at the field", async () => {
    const ada = somebody();
    const results = await Promise.allSettled([auth.signUp(ada), auth.signUp(ada)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "email_taken", kind: "conflict", field: "email" },
    });
    expect(await database.prisma.user.count({ where: { email: ada.email } })).toBe(1);
  });

  test("refuses a password that is easy to guess, also for the administrator of the command line", async () => {
    for (const make of [auth.signUp.bind(auth), auth.createAdmin.bind(auth)])
      await expect(make({ ...somebody(), password: "password1234" })).rejects.toMatchObject({
        code: "invalid_input",
        field: "password",
      });
  });

  test("refuses what the form would refuse, and writes nothing", async () => {
    const before = await database.prisma.user.count();
    await expect(auth.signUp({ ...somebody(), password: "short" })).rejects.toMatchObject({
      code: "invalid_input",
      field: "password",
    });
    expect(await database.prisma.user.count()).toBe(before);
  });
});

describe("signIn", () => {
  test("answers an unknown address and a wrong password alike", async () => {
    const ada = somebody();
    await auth.signUp(ada);
    expect(await auth.signIn({ ...ada, password: "a wrong password" })).toBeNull();
    expect(await auth.signIn(somebody())).toBeNull();
  });

  test.each([
    undefined,
    null,
    {},
    { email: "ada" },
    { email: ["a"], password: {} },
    { email: "a@b.co", password: "x".repeat(1e6) },
  ])("answers nonsense (%#) as a wrong password", async (input) => {
    expect(await auth.signIn(input)).toBeNull();
  });

  test("never counts who gets in, and takes back what was counted before", async () => {
    const ada = somebody();
    await auth.signUp(ada);
    const counted = async () => (await database.pool.query(`SELECT FROM "RateLimit"`)).rowCount;
    await database.pool.query(`DELETE FROM "RateLimit"`);
    expect(await auth.signIn({ ...ada, password: "a wrong password" })).toBeNull();
    expect(await counted()).toBe(1);
    expect(await auth.signIn(ada)).not.toBeNull();
    expect(await counted()).toBe(0);
  });

  test("begins no session where the password was changed since it was checked", async () => {
    const ada = somebody();
    const { id } = await auth.signUp(ada);
    const { passwordHash } = await database.prisma.user.findUniqueOrThrow({ where: { id } });
    const { SessionsRepository } = await import("./sessions.repository");
    const stored = new SessionsRepository(database);
    expect(await stored.open(id, passwordHash)).not.toBeNull();
    await database.prisma.user.update({ where: { id }, data: { passwordHash: `${passwordHash}x` } });
    expect(await stored.open(id, passwordHash)).toBeNull();
  });

  test("stores the password anew when its hash was made at another cost", async () => {
    const ada = somebody();
    const { id } = await auth.signUp(ada);
    const old = await hashPassword(ada.password, undefined, { ln: 4, r: 8, p: 1 });
    await database.prisma.user.update({ where: { id }, data: { passwordHash: old } });
    await auth.signIn(ada);
    const { passwordHash } = await database.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^\$scrypt\$ln=15,/);
    expect(await auth.signIn(ada)).not.toBeNull();
  });
});

describe("requireAdmin", () => {
  test("lets an administrator through, until the moment of demotion", async () => {
    const admin = await auth.createAdmin(somebody());
    expect(await auth.requireAdmin(admin.id)).toEqual({ ...admin, role: "ADMIN" });
    await database.prisma.user.update({ where: { id: admin.id }, data: { role: "USER" } });
    await expect(auth.requireAdmin(admin.id)).rejects.toMatchObject({
      kind: "forbidden",
      code: "not_allowed",
    });
  });

  test("refuses a plain user, an anonymous one, and an account that is gone", async () => {
    const { id } = await auth.signUp(somebody());
    await expect(auth.requireAdmin(id)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(auth.requireAdmin(null)).rejects.toMatchObject({ code: "not_signed_in" });
    await database.prisma.user.delete({ where: { id } });
    await expect(auth.requireAdmin(id)).rejects.toMatchObject({ code: "not_signed_in" });
  });
});
