import { testDatabase } from "@calcom/embedded-postgres/testing";
import { AppError, type ErrorKind, INTERNAL_MESSAGE } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { database } from "@calcom/prisma";
import { TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import superjson from "superjson";
import { afterAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { createContext } from "./context";
import { logFailure } from "./errors";
import { appRouter } from "./routers/_app";
import { adminProcedure, authedProcedure, createCallerFactory, publicProcedure, router } from "./trpc";

await testDatabase();
const { prisma, close } = database();
afterAll(close);

let count = 0;
async function anAdmin(): Promise<number> {
  count += 1;
  const user = await prisma.user.create({
    data: { name: "Boss", email: `boss-${count}@example.com`, passwordHash: "-", role: "ADMIN" },
  });
  return user.id;
}

function as(userId: number | null) {
  return createContext({
    identity: { userId, visitorId: null, isBot: false, hasConsent: true, address: null },
  });
}

const secret = "postgresql://root:hunter2@db.internal/prod";
const probe = router({
  foreseen: publicProcedure.input(z.string()).query(({ input }) => {
    const options = { field: "slug", details: { version: 3 }, cause: new Error(secret) };
    throw new AppError(input as ErrorKind, "some_code", "Do this instead.", options);
  }),
  away: publicProcedure.query(() => {
    throw Object.assign(new Error(secret), { code: "ECONNREFUSED" });
  }),
  unforeseen: publicProcedure.query(() => {
    throw new Error(secret);
  }),
  input: publicProcedure
    .input(z.object({ variants: z.array(z.object({ name: z.string().min(1, "Give it a name.") })) }))
    .mutation(() => "done"),
  mine: authedProcedure.query(({ ctx }) => ctx.userId),
  ours: adminProcedure.query(({ ctx }) => ctx.actor.userId),
});

async function over(wire: { path: string; input?: unknown; method?: "GET" | "POST"; userId?: number }) {
  const { path, input, method = "GET", userId = null } = wire;
  const url = new URL(`http://own.invalid/api/trpc/${path}`);
  const body = JSON.stringify(superjson.serialize(input));
  if (method === "GET") url.searchParams.set("input", body);
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    router: probe,
    req: new Request(url, {
      method,
      ...(method === "POST" ? { body, headers: { "content-type": "application/json" } } : {}),
    }),
    createContext: () => as(userId),
    onError: logFailure,
  });
  const text = await response.text();
  return {
    status: response.status,
    text,
    error: superjson.deserialize(JSON.parse(text).error ?? { json: null }),
  };
}

describe("what leaves the server", () => {
  test.each([
    ["bad_request", 400],
    ["unauthorized", 401],
    ["forbidden", 403],
    ["not_found", 404],
    ["conflict", 409],
    ["too_many_requests", 429],
    ["unavailable", 503],
  ])(
    "a foreseen failure (%s) keeps its sentence, code, field and details, and none of its cause",
    async (kind, status) => {
      const answer = await over({ path: "foreseen", input: kind });
      expect(answer.status).toBe(status);
      expect(answer.error).toMatchObject({
        message: "Do this instead.",
        data: { app: { code: "some_code", field: "slug", details: { version: 3 } }, issues: null },
      });
      expect(answer.text).not.toContain("hunter2");
      expect(answer.text).not.toContain("trpc.integration.test");
    },
  );

  test("of an unforeseen one nothing is told, and all of it is logged", async () => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    const answer = await over({ path: "unforeseen" });
    expect(answer.status).toBe(500);
    expect(answer.error).toMatchObject({ message: INTERNAL_MESSAGE, data: { app: null } });
    expect(answer.text).not.toContain("hunter2");
    expect(answer.text).not.toContain("trpc.integration.test");
    expect(log).toHaveBeenCalledExactlyOnceWith("A procedure failed", {
      path: "unforeseen",
      error: expect.objectContaining({ message: secret }),
    });
  });

  test("a database that does not answer is an outage at every door, whoever asked it", async () => {
    vi.spyOn(logger, "warn").mockImplementation(() => {});
    const answer = await over({ path: "away" });
    expect(answer.status).toBe(503);
    expect(answer.error).toMatchObject({ data: { app: { code: "unavailable" } } });
    expect(answer.text).not.toContain("hunter2");
  });

  test("an outage is foreseen, and its cause is in the log", async () => {
    const log = vi.spyOn(logger, "warn").mockImplementation(() => {});
    await over({ path: "foreseen", input: "unavailable" });
    expect(log).toHaveBeenCalledExactlyOnceWith("A procedure was not answered", {
      path: "foreseen",
      error: expect.objectContaining({ cause: expect.objectContaining({ message: secret }) }),
    });
  });

  test("a foreseen one is no incident", async () => {
    const log = vi.spyOn(logger, "error").mockImplementation(() => {});
    await over({ path: "foreseen", input: "conflict" });
    expect(log).not.toHaveBeenCalled();
  });

  test("a refused input names each place, and says it in the message too", async () => {
    const answer = await over({
      path: "input",
      method: "POST",
      input: { variants: [{ name: "a" }, { name: "" }] },
    });
    expect(answer.status).toBe(400);
    expect(answer.error).toMatchObject({
      message: "variants.1.name: Give it a name.",
      data: { app: null, issues: [{ path: "variants.1.name", message: "Give it a name." }] },
    });
  });
});

describe("who may call", () => {
  test("what is for those who are signed in refuses everybody else", async () => {
    expect(await over({ path: "mine" })).toMatchObject({
      status: 401,
      error: { message: "Sign in to do this." },
    });
    expect(await over({ path: "mine", userId: 7 })).toMatchObject({ status: 200 });
  });

  test("an administrator is one until the moment of demotion", async () => {
    const userId = await anAdmin();
    expect(await over({ path: "ours", userId })).toMatchObject({ status: 200 });
    await prisma.user.update({ where: { id: userId }, data: { role: "USER" } });
    expect(await over({ path: "ours", userId })).toMatchObject({
      status: 403,
      error: { data: { app: { code: "not_allowed" } } },
    });
  });
});

type Call = (input: unknown) => Promise<unknown>;

function callOf(path: string, userId: number | null): Call {
  const caller: unknown = createCallerFactory(appRouter)(as(userId));
  return path.split(".").reduce((at, key) => (at as Record<string, unknown>)[key], caller) as Call;
}

describe("the administration", () => {
  const paths = Object.keys(appRouter._def.procedures).filter((path) => path.startsWith("viewer.admin."));

  test("has its procedures", () => {
    expect(paths).toContain("viewer.admin.experiments.create");
    expect(paths).toContain("viewer.admin.flags.list");
  });

  test.each(paths)("%s refuses the anonymous, a deleted account, and the just demoted", async (path) => {
    const userId = await anAdmin();
    const nonsense = { nonsense: true };
    await expect(callOf(path, null)(nonsense)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(callOf(path, -1)(nonsense)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    // The administrator gets as far as the input.
    const failure = await callOf(path, userId)(nonsense).catch((error: unknown) => error);
    expect(failure instanceof TRPCError ? failure.code : "none").not.toMatch(/UNAUTHORIZED|FORBIDDEN/);
    await prisma.user.update({ where: { id: userId }, data: { role: "USER" } });
    await expect(callOf(path, userId)(nonsense)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
