import { requireAdmin } from "@calcom/features/auth/server";
import { experimentsAdmin } from "@calcom/features/experiments/server";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Context } from "./context";
import { formatError, translateError } from "./errors";
import { transformer } from "./transformer";

const t = initTRPC.context<Context>().create({
  transformer,
  // An answer never contains a stack, not even in development: it is in the log.
  isDev: false,
  errorFormatter: formatError,
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** For everybody, signed in or not. */
export const publicProcedure = t.procedure.use(async ({ next }) => {
  const result = await next();
  if (result.ok) return result;
  throw translateError(result.error);
});

/** For whoever is signed in: `ctx.userId`. */
export const authedProcedure = publicProcedure.use(({ ctx, next }) => {
  const { userId } = ctx.identity;
  if (userId === null) {
    throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in to do this." });
  }
  return next({ ctx: { userId } });
});

/**
 * For administrators: `ctx.actor`. The role is read from the database on every call, since a session would keep a
 * demoted administrator for as long as it lasts.
 */
export const adminProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const admin = await requireAdmin(ctx.identity.userId);
  return next({ ctx: { actor: { userId: admin.id } } });
});

/**
 * For people with a role for experiments: `ctx.actor`. The service that does the work checks the permission itself;
 * this check keeps everybody else from learning the shape of the input.
 */
export const experimentsProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const actor = { userId: ctx.identity.userId };
  await experimentsAdmin().access.authorize(actor, "view");
  return next({ ctx: { actor } });
});
