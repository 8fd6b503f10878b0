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
  return { name: "Ada Lovelace", email: `ada-${count}@example.com`, password: "a long password" };
}

describe("signUp", () => {
  test("makes a plain user, who can sign in at once", async () => {
    const ada = somebody();
    const user = await auth.signUp({ ...ada, email: ada.email.toUpperCase() }, null);
    expect(user).toEqual({ id: expect.any(Number), name: ada.name, email: ada.email, role: "USER" });
    expect(await auth.signIn(ada, null)).toEqual(user);
  });

  test("keeps no password", async () => {
    const ada = somebody();
    const { id } = await auth.signUp(ada, null);
    const row = await database.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(JSON.stringify(row)).not.toContain(ada.password);
  });

  test("of two at once with one address, one gets it and the other is told at the field", async () => {
    const ada = somebody();
    const results = await Promise.allSettled([auth.signUp(ada, null), auth.signUp(ada, null)]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "email_taken", kind: "conflict", field: "email" },
    });
    expect(await database.prisma.user.count({ where: { email: ada.email } })).toBe(1);
  });

  test("refuses what the form would refuse, and writes nothing", async () => {
    const before = await database.prisma.user.count();
    await expect(auth.signUp({ ...somebody(), password: "short" }, null)).rejects.toMatchObject({
      code: "invalid_input",
      field: "password",
    });
    expect(await database.prisma.user.count()).toBe(before);
  });
});

describe("signIn", () => {
  test("answers an unknown address and a wrong password alike", async () => {
    const ada = somebody();
    await auth.signUp(ada, null);
    expect(await auth.signIn({ ...ada, password: "a wrong password" }, null)).toBeNull();
    expect(await auth.signIn(somebody(), null)).toBeNull();
  });

  test.each([
    undefined,
    null,
    {},
    { email: "ada" },
    { email: ["a"], password: {} },
    { email: "a@b.co", password: "x".repeat(1e6) },
  ])("answers nonsense (%#) as a wrong password", async (input) => {
    expect(await auth.signIn(input, null)).toBeNull();
  });

  test("stops the eleventh failure of one account, the right password included, also on another node", async () => {
    const ada = somebody();
    await auth.signUp(ada, null);
    const wrong = { ...ada, password: "a wrong password" };
    const attempts = await Promise.allSettled(
      Array.from({ length: 11 }, () => auth.signIn(wrong, "203.0.113.7")),
    );
    const refused = attempts.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      reason: {
        code: "too_many_attempts",
        kind: "too_many_requests",
        message: expect.stringMatching(/Try again in/),
      },
    });

    const otherNode = createAuth(database);
    await expect(otherNode.signIn(ada, "203.0.113.7")).rejects.toMatchObject({
      details: { retryAfterSeconds: expect.any(Number) },
    });
    expect(await auth.signIn(ada, "203.0.113.8"), "from elsewhere the owner still gets in").not.toBeNull();
  });

  test("never counts who gets in", async () => {
    const ada = somebody();
    const cheap = await hashPassword(ada.password, { ln: 4, r: 8, p: 1 });
    const { id } = await auth.signUp(ada, null);
    for (let i = 0; i < 12; i++) {
      await database.prisma.user.update({ where: { id }, data: { passwordHash: cheap } });
      expect(await auth.signIn(ada, "203.0.113.9")).not.toBeNull();
    }
  });

  test("stores the password anew when its hash was made at another cost", async () => {
    const ada = somebody();
    const { id } = await auth.signUp(ada, null);
    const old = await hashPassword(ada.password, { ln: 4, r: 8, p: 1 });
    await database.prisma.user.update({ where: { id }, data: { passwordHash: old } });
    await auth.signIn(ada, null);
    const { passwordHash } = await database.prisma.user.findUniqueOrThrow({ where: { id } });
    expect(passwordHash).toMatch(/^\$scrypt\$ln=15,/);
    expect(await auth.signIn(ada, null)).not.toBeNull();
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
    const { id } = await auth.signUp(somebody(), null);
    await expect(auth.requireAdmin(id)).rejects.toMatchObject({ code: "not_allowed" });
    await expect(auth.requireAdmin(null)).rejects.toMatchObject({ code: "not_signed_in" });
    await database.prisma.user.delete({ where: { id } });
    await expect(auth.requireAdmin(id)).rejects.toMatchObject({ code: "not_signed_in" });
  });
});

test("the limits hold in this process's memory while Postgres cannot be asked", async () => {
  const gone = createDatabase({ connectionString: "postgresql://nobody@127.0.0.1:1/none" });
  const { postgresAttemptLimits } = await import("./lib/server/attempt-limits");
  const limits = postgresAttemptLimits(gone.pool);
  for (let i = 0; i < 10; i++) await limits.countLogin("ada@example.com", null);
  await expect(limits.countLogin("ada@example.com", null)).rejects.toMatchObject({
    code: "too_many_attempts",
  });
  await gone.close();
});
